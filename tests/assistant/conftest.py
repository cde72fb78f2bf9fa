"""A real library with an article of made-up facts, shared by the tests that only read it."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from index import Library, Metadata

ARTICLE = """The bridge over the Ost opened on 4 March after nine years of work. It cost the city
of Harlund $48 million, three times what was planned.

Mayor Ann Lee said the delay was a failure of planning. "We trusted the wrong engineers," she
added.

Two firms, Norbau and Kessel, built the piers. The northern pier may have to be strengthened
before winter, the engineer Tomas Brandt warned. Neither firm has confirmed this.

A second bridge is planned near the old ferry landing because traffic has doubled since 2015.
"""


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Library(tmp_path_factory.mktemp("read") / "library") as library:
        library.add_text(
            ARTICLE,
            Metadata("Bridge over the Ost opens", "Marta Kowal", "5 March 2025", "Harbour News"),
        )
        yield Assistant(library)
