"""Addresses of the counsellors' pages."""

from django.urls import path

from counselling import views

urlpatterns = [
    path("accompagner/", views.guide, name="counselling"),
    path("seance/", views.plan, name="plan"),
    path("seance/modifier/", views.change, name="plan_change"),
    path("seance/ajouter/", views.add, name="plan_add"),
    path("seance/commencer/", views.start, name="plan_start"),
    path("seance/ouvrir/", views.open_file, name="plan_open"),
    path("seance/feuille/", views.handout, name="plan_handout"),
    path("seance/fichier/", views.file, name="plan_file"),
]
