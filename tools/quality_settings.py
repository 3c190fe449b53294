"""The settings with the linter of migrations beside the apps; it is a tool and never part of a running house."""

from bostad.settings import *  # noqa: F403
from bostad.settings import BASE_DIR
from bostad.settings import INSTALLED_APPS as APPS

OURS = [name for name in APPS if BASE_DIR.joinpath(*name.split(".")).is_dir()]
INSTALLED_APPS = [*APPS, "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {"include_apps": [name.rsplit(".", 1)[-1] for name in OURS], "no_cache": True}
