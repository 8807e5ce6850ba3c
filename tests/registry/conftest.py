"""Plainly synthetic members and the bundled layout."""

from datetime import date
from typing import Any

import pytest

from organizer import resources
from organizer.registry.profile import Profile, load
from organizer.registry.row import RegistryMember
from tests.registry.synthetic import MakeMember, resident_id


@pytest.fixture(scope="session")
def ref_20col() -> Profile:
    return load(resources.path("profiles", "ref-20col.toml"))


@pytest.fixture(scope="session")
def make_member() -> MakeMember:
    def make(serial: int = 1, **changes: Any) -> RegistryMember:
        born_on = date(1970 + serial % 30, 1 + serial % 12, 1 + serial % 28)
        values: dict[str, Any] = {
            "key": f"m{serial}",
            "union_name": "示例街道工会联合会",
            "name": f"示例{serial}",
            "sex": "男",
            "born_on": born_on,
            "ethnic": "满族",
            "employment_state": "在岗",
            "paper_kind": "居民身份证",
            "id_number": resident_id(born_on, serial % 1000),
            "education": "大专",
            "skill_level": "高级技师",
            "mobile": f"139{serial:08d}",
            "household_kind": "农村",
            "household_place": "示例省示例市",
            "change_kind": "入会",
            "change_on": date(2026, 11, 1),
            "change_reason": "",
            "political": "群众",
            "employer": "示例单位",
            "native_place": "示例县",
            "migrant": True,
        }
        return RegistryMember(**{**values, **changes})

    return make
