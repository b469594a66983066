"""Where the bars of a pay chart lie."""

from jobdesc.web.guides.chart import pay_chart
from tests.roles.builders import a_role


def test_bars_lie_where_the_scale_says() -> None:
    chart = pay_chart(a_role())
    assert [tick.dollars for tick in chart.ticks] == [0, 50_000, 100_000, 150_000]
    director = chart.bars[-1]
    assert (director.x, director.width) == (60.0, 36.0)
    assert all(bar.x >= 0 and bar.x + bar.width <= 100 for bar in chart.bars)
