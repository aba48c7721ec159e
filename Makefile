PYTHON ?= python3
UV = .tools/bin/uv
export UV_PYTHON_DOWNLOADS = never
export UV_LINK_MODE = hardlink

help: ## What can be made here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

.tools/bin/uv:
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools 'uv==0.13.*'

.venv/.run: $(UV) locks/run.txt pyproject.toml
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	$(UV) pip install --quiet --python .venv/bin/python --require-hashes -r locks/run.txt
	$(UV) pip install --quiet --python .venv/bin/python --no-deps -e .
	@touch $@

.venv/.dev: .venv/.run locks/dev.txt
	$(UV) pip install --quiet --python .venv/bin/python --require-hashes -r locks/dev.txt
	@touch $@
