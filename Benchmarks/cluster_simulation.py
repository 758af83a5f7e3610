#!/usr/bin/env python3
"""How long a plan takes on a cluster whose nodes are lost now and then, and how much work is lost with them.

usage: cluster_simulation.py [--hours H] [--mean-hours-between-losses M] [--rounds N] [--seed S]

A job of H hours of one worker's work is cut into chunks of equal length. Workers take the next chunk as soon as they are
free; each loses its node after an exponentially distributed time (M hours on average), gets another after `REQUEUE`, and
what it did since its last checkpoint is lost. A chunk costs `START` before its first frame (a process, a network) and
`JOIN` for the merge, which is one process. All else is the arithmetic of queues.

On paper, for W workers, chunks of c hours and a checkpoint every k hours, with losses at rate 1/M:
  wall  ≈ (H/W) · (1 + START/c) · (1 + (REQUEUE + k/2)/M) + c + JOIN · H/c
  lost  ≈ (H/M) · k/2                       (without checkpoints k = c)
The tail c says: chunks no longer than the job's share of one worker. START/c says: much longer than the start of a process.
"""
import argparse
import heapq
import random

START = 5 / 3600  # hours: starting matte, loading and fitting the network
JOIN = 0.05 / 3600  # hours: copying the packets of one chunk
REQUEUE = 120 / 3600  # hours: until the scheduler has noticed the loss and found another node
CHECKPOINT = 10 / 3600  # hours of work between two checkpoints


def simulate(work, chunk, workers, mean, checkpoint, rng):
    """Wall hours and lost hours. `checkpoint`: hours between two of them, or None."""
    remaining = [chunk] * int(work / chunk)
    rest = work - chunk * len(remaining)
    if rest > 1e-9:
        remaining.append(rest)
    queue = list(reversed(range(len(remaining))))
    events = []  # (time at which a worker asks for a chunk, number of the worker)
    for worker in range(min(workers, len(remaining))):
        heapq.heappush(events, (0.0, worker))
    end = lost = 0.0
    while queue and events:
        now, worker = heapq.heappop(events)
        index = queue.pop()
        time_to_loss = rng.expovariate(1 / mean) if mean else float("inf")
        needed = START + remaining[index]
        if time_to_loss >= needed:
            end = max(end, now + needed)
            heapq.heappush(events, (now + needed, worker))
            continue
        done = max(0.0, time_to_loss - START)
        kept = done - done % checkpoint if checkpoint else 0.0
        lost += time_to_loss - kept
        remaining[index] -= kept
        queue.append(index)
        heapq.heappush(events, (now + time_to_loss + REQUEUE, worker))
    return end + JOIN * len(remaining), lost


def mean_of(rounds, seed, *parameters):
    results = [simulate(*parameters, random.Random(seed + number)) for number in range(rounds)]
    return [sum(values) / rounds for values in zip(*results)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hours", type=float, default=1000, help="work of one worker (default 1000)")
    parser.add_argument("--mean-hours-between-losses", type=float, default=1000, dest="mean")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()

    print(f"{given.hours:g} hours of work, a node lost every {given.mean:g} hours; lengths are of one worker's work\n")
    print("| workers | chunk | wall time | of the ideal | lost with checkpoints | lost without |")
    print("|---|---|---|---|---|---|")
    for workers in (1, 10, 100, 1000, 10000):
        best = None
        for seconds in (20, 60, 300, 1200, 3600, 14400):
            parameters = (given.hours, seconds / 3600, workers, given.mean)
            wall, lost = mean_of(given.rounds, given.seed, *parameters, CHECKPOINT)
            _, lost_without = mean_of(given.rounds, given.seed, *parameters, None)
            row = (wall, seconds, lost, lost_without)
            best = min(best or row, row)
            print(f"| {workers} | {seconds} s | {wall:.3f} h | {given.hours / workers / wall:.0%} "
                  f"| {lost * 60:.1f} min | {lost_without * 60:.1f} min |")
        print(f"| {workers} | **best: {best[1]} s** | | | | |")


main()
