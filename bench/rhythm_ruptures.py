"""What PyPI's ruptures makes of the weeks of `bench rhythm`.

For each weekly list and person, the year before it: KernelCPD with the linear kernel, which is
PELT on the least-squares cost in C (the pure Python Pelt finds the same and takes a hundred times
as long). Where the last stretch lies under the one before, its score is the CUSUM statistic of
that break: the drop in deviations, times what the lengths of the two stretches are worth.
"""

import math
import sys

import numpy as np
import ruptures as rpt

file, first, recent, beta = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
YEAR, ENOUGH = 60, 21

for person, line in enumerate(open(file)):
    row = np.array([float(cell) if cell else math.nan for cell in line.rstrip("\n").split(",")])
    came = np.flatnonzero(row > 0)
    if came.size == 0:
        continue
    for week in range(first, row.size):
        year = row[max(came[0], week - YEAR) : week]
        year = year[~np.isnan(year)]
        if year.size < ENOUGH or not year.any():
            continue
        # The noise from week to week, which a break does not widen.
        noise = max(float(np.mean(np.diff(year) ** 2)) / 2, 0.05)
        finder = rpt.KernelCPD(kernel="linear", min_size=3).fit(year.reshape(-1, 1))
        ends = [0] + finder.predict(pen=beta * noise * math.log(year.size))
        if len(ends) < 3 or ends[-1] - ends[-2] > recent:
            continue
        before, after = year[ends[-3] : ends[-2]], year[ends[-2] :]
        drop = before.mean() - after.mean()
        if drop > 0:
            worth = math.sqrt(before.size * after.size / (before.size + after.size))
            print(f"{week},{person},{drop / math.sqrt(noise) * worth:.4f}")
