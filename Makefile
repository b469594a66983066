# The verbs of this project. `make help` lists them.
# HOST, PORT, JOBDESC_DATA and the other settings in README.md are taken from the environment.

.DEFAULT_GOAL := help
.PHONY: run test check fix bench soak screenshots migration pins help

bin := .venv/bin
# Tests start Python a hundred times: twice as fast where modules are kept compiled.
compiled := PYTHONDONTWRITEBYTECODE=
deno := DENO_DIR=.venv/deno DENO_NO_UPDATE_CHECK=1 $(bin)/deno

run: ## Start the server; installs what is missing, first time and after an update
	@sh tools/prepare.sh run
	@sh tools/start.sh

test: ## Run every test, on SQLite and PostgreSQL, with a real browser
	@sh tools/prepare.sh test
	@$(compiled) sh tools/in_browser.sh $(bin)/python -m pytest -n 3 --dist loadscope $(ARGS)

check: ## Format, lint, strict types (Python and JavaScript), import floors, content
	@sh tools/prepare.sh check
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(bin)/mypy
	$(bin)/lint-imports
	$(deno) fmt --check
	$(deno) lint
	$(deno) check --no-remote --no-npm static/js tests bench
	$(bin)/flask check-content

fix: ## Put right what format and lint can put right by themselves
	@sh tools/prepare.sh check
	$(bin)/ruff check --fix .
	$(bin)/ruff format .
	$(deno) lint --fix
	$(deno) fmt

bench: ## Measure what we claim about speed
	@sh tools/prepare.sh test
	@for script in bench/*.py; do \
		echo "== $$script"; PYTHONPATH=. sh tools/in_browser.sh $(bin)/python "$$script" || exit 1; \
	done

soak: ## Run the long randomized tests for MINUTES (10), with the seed printed
	@sh tools/prepare.sh test
	@$(compiled) JOBDESC_SOAK_MINUTES=$${MINUTES:-10} sh tools/in_browser.sh $(bin)/python -m pytest -m soak -s $(ARGS)

screenshots: ## Make the pictures of the README anew
	@sh tools/prepare.sh test
	@PYTHONPATH=. sh tools/in_browser.sh $(bin)/python tools/screenshots.py

migration: ## Write the next numbered migration from the tables: make migration m="add notes"
	@sh tools/prepare.sh run
	@test -n "$(m)" || { echo 'Say what changes: make migration m="add notes".'; exit 1; }
	$(bin)/flask db upgrade
	$(bin)/flask db revision --autogenerate -m "$(m)" \
		--rev-id "$$(printf '%04d' $$(($$(ls migrations/versions/*.py 2>/dev/null | wc -l) + 1)))"

pins: ## Compile requirements*.txt from pyproject.toml: make pins ARGS=--upgrade
	@sh tools/prepare.sh check
	@sh tools/pins.sh $(ARGS)

help: ## List these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
