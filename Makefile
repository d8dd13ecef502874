# Les commandes du portail ; `make` sans rien les présente.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := aide

PORT ?= 8000
VAR_DIR ?= var
PY := .venv/bin/python
export PORT VAR_DIR
export PYTHONUNBUFFERED := 1

# A work station: a key of its own, hashed static files as in production, DEBUG off unless asked for.
LOCAL := ALLOW_LOCAL_SECRET_KEY=1 HASHED_STATIC=1
# uv installs three times as fast; pip does it where uv does not find the packages that pip is set to find.
PIP := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes
UV := .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet

# What no page uses: older browsers, sheets that repeat the others. Compressing it takes longer than all the rest.
UNUSED := --ignore '*.legacy.*' --ignore '*.nomodule.*' --ignore 'dsfr.*' --ignore 'component*.css' \
	--ignore 'dsfr/dist/utility/*' --ignore 'dsfr/dist/dsfr/*' --ignore 'dsfr/dist/legacy' --ignore '*.md'

.PHONY: aide install run test test-long mutation manage check coverage fix bench demo ingest lock messages diagram checks-page photos desk-pictures static createsuperuser

aide:
	@echo "make install          crée .venv et y installe les dépendances"
	@echo "make run              lance le portail sur http://127.0.0.1:$(PORT)/ (PORT=… pour changer)"
	@echo "make test             toute la suite sur PostgreSQL, et sur SQLite ce qui touche au SQL (ARGS=… pour pytest)"
	@echo "make test-long        la même en grand : dix fois plus d’exemples, les fichiers officiels sur les deux bases"
	@echo "make mutation         change le code des modules purs au hasard : leurs tests le voient-ils ? (ARGS='--one-in 5')"
	@echo "make check            format, règles du code et des gabarits, migrations, réglages, dépendances"
	@echo "                      (avant chaque commit : pre-commit install, s’il est sur la machine)"
	@echo "make coverage         chaque ligne et chaque branche des modules purs est-elle essayée ?"
	@echo "make fix              met le code au format et corrige ce qui peut l’être"
	@echo "make bench            mesure la vitesse à taille nationale"
	@echo "make demo             (re)publie les données de démonstration"
	@echo "make ingest PATHS=…   publie des fichiers officiels (ARGS=… pour les options)"
	@echo "make createsuperuser  crée un compte pour l’espace de gestion, /gestion/"
	@echo "make lock             récrit les dépendances verrouillées"
	@echo "make manage CMD=…     lance une commande de Django, par exemple make manage CMD='audit_disclosure --apply'"
	@echo "make messages         met à jour les fichiers de traduction (avec gettext)"
	@echo "make photos           photographie les composants de la galerie, à trois largeurs, dans $(VAR_DIR)/galerie"
	@echo "make desk-pictures    refait les images de docs/gestion.md, sur la démonstration"
	@echo "make checks-page      récrit docs/controles.md, la liste des contrôles d’un fichier livré"
	@echo "make diagram          redessine qui importe qui dans docs/architecture.md"

install: .venv/installed

.venv/installed: requirements-dev.txt
	@is_311() { [ -n "$$1" ] && "$$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; }; \
	if ! is_311 $(PY) || ! $(PY) -m pip --version >/dev/null 2>&1; then \
		python=; \
		for candidate in "$${PYTHON:-}" python3.11 python3; do \
			if is_311 "$$candidate"; then python="$$candidate"; break; fi; \
		done; \
		if [ -z "$$python" ]; then \
			echo "Python 3.11 est introuvable. Installez-le (Debian : apt install python3.11 python3.11-venv)," >&2; \
			echo "ou indiquez-le : make install PYTHON=/chemin/vers/python3.11" >&2; exit 1; \
		fi; \
		echo "Création de .venv"; \
		rm -rf .venv; \
		if ! "$$python" -m venv .venv; then \
			rm -rf .venv; \
			echo "Le module venv de Python est incomplet (Debian : apt install python3.11-venv)." >&2; exit 1; \
		fi; \
	fi
	@echo "Installation des dépendances (une minute la première fois)…"
	@$(PIP) -r <(awk '/^[a-z]/ { is_uv = /^uv==/ } is_uv' requirements-dev.txt)
	@.venv/bin/uv pip install --quiet --python $(PY) --compile-bytecode --require-hashes -r requirements-dev.txt \
		|| $(PIP) -r requirements-dev.txt
	@touch $@

static: $(VAR_DIR)/static.collected

$(VAR_DIR)/static.collected: .venv/installed $(shell find static */static -type f 2>/dev/null)
	@echo "Préparation des fichiers statiques…"
	@mkdir -p $(VAR_DIR)
	@$(LOCAL) $(PY) manage.py collectstatic --noinput --clear --verbosity 0 $(UNUSED)
	@touch $@

run: install static
	@$(LOCAL) $(PY) manage.py migrate --noinput --verbosity 0
	@if [ -e $(VAR_DIR)/demonstration.partielle ] || ! $(LOCAL) $(PY) -m fixtures.is_published; then \
		echo "Publication des données de démonstration…"; \
		touch $(VAR_DIR)/demonstration.partielle; \
		OPEN_FILES=0 $(LOCAL) $(PY) manage.py ingest fixtures/demo >$(VAR_DIR)/demonstration.journal \
			|| { cat $(VAR_DIR)/demonstration.journal; exit 1; }; \
		tail -n 1 $(VAR_DIR)/demonstration.journal; \
		rm $(VAR_DIR)/demonstration.partielle; \
	fi
	@$(LOCAL) $(PY) manage.py rebuild --if-needed
	@$(LOCAL) exec .venv/bin/gunicorn --config gunicorn.conf.py inserjeunes_portal.wsgi

test: install
	@$(PY) -m tests.run $(ARGS)

test-long: install
	@TESTS_LONG=1 $(PY) -m tests.run $(ARGS)

mutation: install
	@$(PY) -m tests.mutation $(MODULES) $(ARGS)

# djlint only looks for faults: its formatter adds blanks inside sentences and never settles on some files.
check: install
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m djlint templates --lint
	@$(PY) -m mypy
	@$(PY) -m pytest -q tests/test_requirements.py tests/test_architecture.py
	@ALLOW_LOCAL_SECRET_KEY=1 $(PY) manage.py makemigrations --check --dry-run
	@HTTPS=1 SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
		$(PY) manage.py check --deploy --fail-level ERROR

fix: install
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

# All the lines and branches of the pure modules, by the tests that are theirs.
PURE_TESTS := tests/accounts/test_hash_chain.py tests/counselling/test_plan.py tests/deliveries tests/establishments tests/formations \
	tests/pages/course/test_question_rules.py tests/pages/drawings $(addprefix tests/pages/test_,content.py plain_language.py) \
	$(addprefix tests/search/test_,facets.py synonyms.py text_index.py thresholds.py) tests/stats/disclosure_control \
	tests/stats/substitution tests/test_fixtures.py \
	$(addprefix tests/stats/test_,comparability.py comparison_tokens.py fallbacks.py indicators.py rates.py totals.py uncertainty.py)
coverage: install
	@$(PY) -m coverage run -m pytest -q $(PURE_TESTS)
	@$(PY) -m coverage report

bench: install
	@$(PY) -m bench.derivation
	@$(PY) -m bench.api
	@$(PY) -m bench.export
	@$(PY) -m bench.disclosure
	@$(PY) -m bench.delivery

manage: install
	@[ -n "$(CMD)" ] || { echo "Indiquez la commande : make manage CMD=help" >&2; exit 2; }
	@$(LOCAL) $(PY) manage.py $(CMD)

demo: install
	@$(LOCAL) $(PY) manage.py migrate --noinput --verbosity 0
	@$(LOCAL) $(PY) manage.py ingest fixtures/demo

ingest: install
	@[ -n "$(PATHS)" ] || { echo "Indiquez les fichiers ou dossiers : make ingest PATHS=chemin" >&2; exit 2; }
	@$(LOCAL) $(PY) manage.py migrate --noinput --verbosity 0
	@$(LOCAL) $(PY) manage.py ingest $(PATHS) $(ARGS)

createsuperuser: install
	@$(LOCAL) $(PY) manage.py migrate --noinput --verbosity 0
	@$(LOCAL) $(PY) manage.py createsuperuser

lock: install
	@$(UV) requirements.in --output-file requirements.txt
	@$(UV) requirements-dev.in --output-file requirements-dev.txt

messages: install
	@command -v msgfmt >/dev/null || { echo "gettext est introuvable (Debian : apt install gettext)." >&2; exit 1; }
	@$(LOCAL) $(PY) manage.py makemessages
	@$(LOCAL) $(PY) manage.py compilemessages --ignore .venv --ignore $(VAR_DIR)

checks-page: install
	@$(PY) -m scripts.document_checks

diagram: install
	@$(PY) -m scripts.import_diagram

desk-pictures: install
	@$(PY) -m scripts.desk_pictures

photos: install
	@$(LOCAL) $(PY) manage.py migrate --noinput --verbosity 0
	@$(LOCAL) $(PY) -m scripts.photograph
