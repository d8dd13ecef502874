"""Who may open each page of the admin: every address has its line, and a test fails for one that has none.

L lecteur, P préparateur, A approbateur, C correspondant, D administrateur, S superuser. Nobody else passes the entrance but where a line
says `EVERYBODY`.
"""

EVERYBODY = "everybody"
IN = "LPACDS"
NOBODY = ""


def _of(model, *, seen, added=NOBODY, deleted=NOBODY):
    """The pages that Django makes for a model: who sees its list and rows, adds one, deletes one."""
    return {
        f"{model}_changelist": seen,
        f"{model}_change": seen,
        f"{model}_history": seen,
        f"{model}_add": added,
        f"{model}_delete": deleted,
    }


TABLE = {
    "login": EVERYBODY,
    "second_factor": EVERYBODY,
    "second_factor_enrol": EVERYBODY,
    "invitation": EVERYBODY,
    "password_reset": EVERYBODY,
    "password_reset_done": EVERYBODY,
    "password_reset_confirm": EVERYBODY,
    "index": IN,
    # Who is not in is led to the entrance.
    "logout": EVERYBODY,
    "password_change": IN,
    "password_change_done": IN,
    "jsi18n": IN,
    # No row of ours says which page of the site is its own.
    "view_on_site": NOBODY,
    "app_list": IN,
    "own_sessions": IN,
    "second_factor_change": IN,
    "autocomplete": NOBODY,
    **_of("auth_user", seen="DS"),
    "auth_user_reset_factor": "DS",
    "auth_user_end_sessions": "DS",
    **_of("accounts_invitation", seen="DS", added="DS", deleted="DS"),
    **_of("accounts_event", seen="ADS"),
    **_of("formations_diploma", seen=IN),
    **_of("establishments_school", seen=IN),
    # Its address for adding only leads to the page that delivers.
    **_of("stats_delivery", seen=IN, added=IN),
    "stats_delivery_take_back": "AS",
    **_of("stats_figurenotice", seen=IN, added="AS"),
    "stats_figurenotice_end": "AS",
    "stats_delivery_findings": IN,
    "stats_delivery_coverage": IN,
    "stats_delivery_coverage_csv": IN,
    "stats_delivery_journal": "ADS",
    "stats_delivery_journal_export": "ADS",
    **_of("deliveries_submission", seen=IN, added="PAS"),
    **_of("deliveries_expecteddelivery", seen=IN, added="PAS", deleted="PAS"),
    "deliveries_expecteddelivery_propose": "PAS",
    "deliveries_submission_add_files": "PAS",
    "deliveries_submission_fetch": "PAS",
    "deliveries_upload_begin": "PAS",
    # It is there for whoever began it alone.
    "deliveries_upload": NOBODY,
    "deliveries_submission_check": "PAS",
    "deliveries_submission_publish": "AS",
    "deliveries_submission_schedule": "AS",
    "deliveries_submission_unschedule": "AS",
    "deliveries_submission_ask_agreement": "PAS",
    "deliveries_submission_agree": "AS",
    "deliveries_submission_send_back": "AS",
    "deliveries_submission_give_up": "PAS",
    "deliveries_submission_file": IN,
    "deliveries_submission_file_remove": "PAS",
    "deliveries_submission_file_accept": "PAS",
    "deliveries_submission_file_findings": IN,
    "deliveries_submission_preview": IN,
    "deliveries_submission_preview_lines": IN,
    "deliveries_submission_preview_lines_csv": IN,
    "deliveries_submission_preview_counts": IN,
    "deliveries_submission_preview_counts_csv": IN,
    "deliveries_submission_preview_page": IN,
    "deliveries_submission_preview_before": IN,
    "deliveries_submission_preview_after": IN,
    "deliveries_submission_preview_ask": "PAS",
    "deliveries_submission_links": "AS",
    "deliveries_submission_link_revoke": "AS",
    "deliveries_submission_file_columns": "PAS",
    **_of("deliveries_columnmapping", seen=IN, deleted="PAS"),
    "deliveries_operation_page": IN,
    "deliveries_operation_progress": IN,
    "deliveries_operation_cancel": "PAS",
    **_of("pages_editedtext", seen="AS"),
    "pages_text": "AS",
    "pages_text_restore": "AS",
    **_of("reports_report", seen="ACS"),
    "reports_report_export": "ACS",
    "reports_report_handle": "ACS",
    **_of("api_apikey", seen="DS", added="DS", deleted="DS"),
    **_of("api_apiuser", seen="DS", added="DS", deleted="DS"),
    **_of("api_usageday", seen=IN),
}
