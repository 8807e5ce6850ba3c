"""Numbers from every county of Liaoning pass, whatever a library's area table says."""

from datetime import date

import pytest
from stdnum.cn import ric

from organizer.domain.resident_id import parse_resident_id

TODAY = date(2026, 11, 20)
# Division codes of the 100 counties and districts, edition of 30 June 2023.
COUNTIES = (
    *("210102", "210103", "210104", "210105", "210106", "210111", "210112", "210113", "210114"),
    *("210115", "210123", "210124", "210181", "210202", "210203", "210204", "210211", "210212"),
    *("210213", "210214", "210224", "210281", "210283", "210302", "210303", "210304", "210311"),
    *("210321", "210323", "210381", "210402", "210403", "210404", "210411", "210421", "210422"),
    *("210423", "210502", "210503", "210504", "210505", "210521", "210522", "210602", "210603"),
    *("210604", "210624", "210681", "210682", "210702", "210703", "210711", "210726", "210727"),
    *("210781", "210782", "210802", "210803", "210804", "210811", "210881", "210882", "210902"),
    *("210903", "210904", "210905", "210911", "210921", "210922", "211002", "211003", "211004"),
    *("211005", "211011", "211021", "211081", "211102", "211103", "211104", "211122", "211202"),
    *("211204", "211221", "211223", "211224", "211281", "211282", "211302", "211303", "211321"),
    *("211322", "211324", "211381", "211382", "211402", "211403", "211404", "211421", "211422"),
    "211481",
)


def test_the_list_is_complete() -> None:
    assert len(set(COUNTIES)) == 100


@pytest.mark.parametrize("county", COUNTIES)
def test_every_birth_year_of_working_people_passes(county: str) -> None:
    for year in range(1940, 2011):
        body = f"{county}{year}0307451"
        number = body + ric.calc_check_digit(body + "0")
        found = parse_resident_id(number, today=TODAY, known_areas=frozenset(COUNTIES))
        assert (found.number, found.born_on, found.notes) == (number, date(year, 3, 7), ())
