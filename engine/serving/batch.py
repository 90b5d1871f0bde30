"""A batch: requests that one fleet takes up together, while it is worked out what happens to each."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from engine.traffic.arrivals import Slot
from engine.traffic.streams import Purpose
from engine.traffic.workload import Payload

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

OK, CLIENT_ERROR, SERVER_ERROR = 0, 4, 5
"""How a request ended: answered, 4xx, 5xx."""


class Batch:
    """Requests of one stretch that go to one fleet; faults change its service times and failure probabilities."""

    __slots__ = (
        "_index",
        "_instance",
        "_payload",
        "_slot",
        "age_s",
        "arrival",
        "p4",
        "p5",
        "place",
        "rank_in_second",
        "served_before",
        "service_s",
        "warming",
    )

    service_s: Floats
    """How long each keeps a worker busy."""
    age_s: Floats
    """Seconds since the instance came into service; filled only where that matters."""
    served_before: Ints
    """Requests that the instance had taken up before; filled only for models that leak."""
    rank_in_second: Ints
    """Place among the instance's requests of the same clock second; filled only for models that saturate."""

    def __init__(self, slot: Slot, index: slice | Ints, place: Floats, payload: Payload) -> None:
        self.arrival = slot.arrival[index]
        self.place = place
        """Uniform over the fleet: the whole part is the instance, the rest chooses among its workers."""
        self._slot, self._index, self._payload = slot, index, payload
        self._instance: Ints | None = None
        self.p4: float | Floats = 0.0
        """Probability of a 4xx, one for all or one each; p5 the same for a 5xx."""
        self.p5: float | Floats = 0.0
        self.warming = False
        """Whether some instance that may answer is still in its first minute."""

    def __len__(self) -> int:
        return len(self.arrival)

    @property
    def instance(self) -> Ints:
        """Which instance of the fleet answers."""
        if self._instance is None:
            self._instance = self.place.astype(np.intp)
        return self._instance

    def draw(self, purpose: Purpose) -> Floats:
        """Return the variates of these requests for `purpose`."""
        return self._slot.draw(purpose)[self._index]

    def lognormal(self, purpose: Purpose, mean: float, cv: float) -> Floats:
        """Return lognormal variates of these requests; they are shared, so do not change them."""
        return self._slot.lognormal(purpose, mean, cv)[self._index]

    @property
    def payload_kb(self) -> Floats:
        """Size of each request's body."""
        sizes: Floats = self._payload.median_kb * np.exp(self._payload.sigma * self.draw(Purpose.PAYLOAD))
        return sizes

    def slow(self, factor: float, add_s: float, where: Bools | None) -> None:
        """Stretch the service time of all requests, or of those chosen."""
        if factor == 1 and add_s == 0:
            return
        slower = self.service_s * factor + add_s
        self.service_s = slower if where is None else np.where(where, slower, self.service_s)

    def fail(self, status: str, rate: float, where: Bools | None) -> None:
        """Add an independent cause of failure, for all requests or for those chosen."""
        if rate == 0:
            return
        chance = rate if where is None else np.where(where, rate, 0.0)
        if status == "4xx":
            self.p4 = 1 - (1 - self.p4) * (1 - chance)
        else:
            self.p5 = 1 - (1 - self.p5) * (1 - chance)

    def statuses(self) -> npt.NDArray[np.uint8]:
        """Decide with one uniform per request; the same uniform for every model, so a worse model fails a superset."""
        p4, p5 = self.p4, self.p5
        no_client_errors = not isinstance(p4, np.ndarray) and p4 == 0
        if no_client_errors and not isinstance(p5, np.ndarray) and p5 == 0:
            return np.zeros(len(self), dtype=np.uint8)
        dice = self.draw(Purpose.ERROR)
        server_errors = dice < p5
        statuses = server_errors.view(np.uint8) * np.uint8(SERVER_ERROR)
        if not no_client_errors:
            statuses[(dice < p5 + (1 - p5) * p4) & ~server_errors] = CLIENT_ERROR
        return statuses
