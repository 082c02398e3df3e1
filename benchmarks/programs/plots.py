"""Plots as SVG: horizontal, a group of rows for each program, a row for each mode."""
from html import escape
from math import ceil, floor, log10

COLOURS = ["#7f7f7f", "#bcbd22", "#ff7f0e", "#1f77b4", "#2ca02c", "#17becf"]
LEFT, TOP, WIDTH, ROW, GAP, RIGHT = 110, 64, 640, 9, 8, 60


class Canvas:
    """The frame: names on the left, the legend on top, and a scale from left to right."""

    def __init__(self, title, names, modes, position, ticks):
        self.position = position
        self.modes = modes
        self.group = ROW * len(modes) + GAP
        self.height = TOP + self.group * len(names) + 30
        self.parts = [f'<text x="10" y="20" font-size="14">{escape(title)}</text>']
        x = LEFT
        for index, mode in enumerate(modes):
            self.parts.append(f'<rect x="{x}" y="34" width="10" height="10" fill="{colour(index)}"/>'
                              f'<text x="{x + 14}" y="43">{escape(mode)}</text>')
            x += 40 + 6 * len(mode)
        bottom = TOP + self.group * len(names)
        for tick in ticks:
            x = self.x(tick)
            strong = ' stroke-width="1.5"' if tick == 1 else ""
            self.parts.append(f'<line x1="{x:.1f}" y1="{TOP - 4}" x2="{x:.1f}" y2="{bottom}" stroke="#ccc"{strong}/>'
                              f'<text x="{x:.1f}" y="{bottom + 14}" text-anchor="middle">{tick:g}</text>')
        for index, name in enumerate(names):
            y = TOP + self.group * index + (self.group - GAP) / 2 + 4
            self.parts.append(f'<text x="{LEFT - 6}" y="{y:.1f}" text-anchor="end">{escape(name)}</text>')

    def x(self, value):
        return LEFT + WIDTH * min(1.0, max(0.0, self.position(value)))

    def y(self, program, mode):
        return TOP + self.group * program + ROW * mode

    def svg(self):
        width = LEFT + WIDTH + RIGHT
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {self.height}" width="{width}" height="{self.height}" '
                'font-family="sans-serif" font-size="11">\n<rect width="100%" height="100%" fill="white"/>\n'
                + "\n".join(self.parts) + "\n</svg>\n")


def colour(index):
    return COLOURS[index % len(COLOURS)]


def bars(title, names, values):
    """A bar for each mode's value of a program, from 1 on. Values: mode -> name -> number."""
    highest = max((v for column in values.values() for v in column.values()), default=1)
    highest = max(1.25, ceil(highest * 4) / 4)
    lowest = min(0.75, floor(min((v for column in values.values() for v in column.values()), default=1) * 4) / 4)
    step = 0.25 if highest - lowest <= 2.5 else 0.5 if highest - lowest <= 5 else 1
    ticks = [lowest + step * i for i in range(int((highest - lowest) / step) + 1)]
    canvas = Canvas(title, names, list(values), lambda v: (v - lowest) / (highest - lowest), ticks)
    for m, column in enumerate(values.values()):
        for p, name in enumerate(names):
            if name in column:
                from_x, to_x = sorted((canvas.x(1), canvas.x(column[name])))
                y = canvas.y(p, m)
                canvas.parts.append(f'<rect x="{from_x:.1f}" y="{y}" width="{max(1.0, to_x - from_x):.1f}" height="{ROW - 2}" '
                                    f'fill="{colour(m)}"/><text x="{max(to_x, canvas.x(1)) + 3:.1f}" y="{y + 7}" font-size="8">'
                                    f'{column[name]:.2f}</text>')
    return canvas.svg()


def ranges(title, names, values):
    """A line from the first to the last of five numbers, a bar from the second to the fourth, a mark at the third, on a
    logarithmic scale. Values: mode -> name -> five numbers."""
    numbers = [v for column in values.values() for five in column.values() for v in five if v > 0]
    lowest, highest = floor(log10(min(numbers, default=0.1))), ceil(log10(max(numbers, default=10)))
    highest = max(highest, lowest + 1)
    ticks = [10.0 ** e * f for e in range(lowest, highest) for f in (1, 2, 5)] + [10.0 ** highest]
    canvas = Canvas(title, names, list(values), lambda v: (log10(max(v, 1e-9)) - lowest) / (highest - lowest), ticks)
    for m, column in enumerate(values.values()):
        for p, name in enumerate(names):
            if name in column:
                p1, p10, p50, p90, p99 = (canvas.x(v) for v in column[name])
                y = canvas.y(p, m)
                middle = y + (ROW - 2) / 2
                canvas.parts.append(
                    f'<line x1="{p1:.1f}" y1="{middle}" x2="{p99:.1f}" y2="{middle}" stroke="{colour(m)}"/>'
                    f'<rect x="{p10:.1f}" y="{y}" width="{max(1.0, p90 - p10):.1f}" height="{ROW - 2}" fill="{colour(m)}"/>'
                    f'<line x1="{p50:.1f}" y1="{y}" x2="{p50:.1f}" y2="{y + ROW - 2}" stroke="black" stroke-width="1.5"/>')
    return canvas.svg()
