"""The same sixteen processes run with containers and without; compose.yaml is valid by its specification."""

import importlib.util
import json
from importlib import metadata

import pytest
import yaml
from jsonschema.validators import validator_for

from deploy.local import programs, supervision
from deploy.local.places import Places
from deploy.local.processes import DEPLOYABLES, package, sixteen

SERVERS = {"mongo", "rabbitmq"}
OTHERS = SERVERS | {"demo"}


@pytest.fixture
def compose(repository):
    return yaml.safe_load((repository / "deploy" / "compose.yaml").read_text())


class TestTheSixteenProcesses:
    def test_are_modules_that_exist(self):
        assert [each.module for each in sixteen(8080) if importlib.util.find_spec(each.module) is None] == []

    def test_stand_in_the_local_runner(self, tmp_path):
        known = programs.of(Places(tmp_path, 8080), own_mongodb=False, own_rabbitmq=False)
        assert [each.name for each in known if each.group == supervision.PROCESSES] == [p.name for p in sixteen(8080)]
        assert len(known) == 16

    def test_stand_in_compose_beside_the_servers_and_the_migrations(self, compose):
        expected = {each.name.replace(".", "-"): ["python", "-m", each.module] for each in sixteen(8080)}
        expected |= {f"{each}-migrations": ["python", "-m", f"{package(each)}.migrations"] for each in DEPLOYABLES}
        services = compose["services"]
        assert {name: services[name]["command"] for name in services.keys() - OTHERS} == expected


class TestCompose:
    def test_is_valid(self, compose):
        # The specification's schema (Apache-2.0) comes with this package; it need not be imported.
        package_files = metadata.distribution("check-jsonschema")
        path = package_files.locate_file("check_jsonschema/builtin_schemas/vendor/compose-spec.json")
        schema = json.loads(path.read_text())
        assert [error.message for error in validator_for(schema)(schema).iter_errors(compose)] == []

    def test_publishes_the_gateway_alone_and_to_this_machine_alone(self, compose):
        published = {name: each["ports"] for name, each in compose["services"].items() if "ports" in each}
        assert published == {"gateway-web": ["127.0.0.1:${BEGAWI_PORT:-8080}:8080"]}

    def test_starts_a_process_only_after_the_servers_and_all_migrations(self, compose):
        done = {f"{each}-migrations": {"condition": "service_completed_successfully"} for each in DEPLOYABLES}
        healthy = {each: {"condition": "service_healthy"} for each in SERVERS}
        for each in sixteen(8080):
            assert compose["services"][each.name.replace(".", "-")]["depends_on"] == done | healthy

    def test_gives_the_signing_keys_to_the_gateway_alone(self, compose):
        holders = {
            name
            for name, each in compose["services"].items()
            if "signing_keys" in [secret["source"] for secret in each.get("secrets", ())]
        }
        assert holders == {name for name in compose["services"] if name.startswith("gateway-")}

    def test_gives_a_process_no_rights_it_does_not_need(self, compose):
        for name in compose["services"].keys() - SERVERS:
            each = compose["services"][name]
            assert (each["cap_drop"], each["read_only"]) == (["ALL"], True)
            assert each["user"] == "${BEGAWI_UID:-1000}"
