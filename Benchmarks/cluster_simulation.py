#!/usr/bin/env python3
"""How long a plan takes on a cluster whose nodes are lost now and then, and how much work is lost with them.

usage: cluster_simulation.py [--hours H] [--mean-hours-between-losses M] [--rounds N] [--seed S]

A job of H hours of one worker's work is cut into chunks of equal length. Workers take the next chunk as soon as they are
free; each loses its node after an exponentially distributed time (M hours on average), and after REQUEUE another node goes
on with what it had in work, from the last checkpoint. A chunk costs START before its first frame (a process, a network).

On paper, for W workers, chunks of c hours and a checkpoint every k hours:

    wall  = (H/W) * (1 + START/c) * (1 + (REQUEUE + k/2)/M) + up to c
    lost  = (H/M) * k/2                        without checkpoints: (H/M) * c/2

The last term says: c far below H/W, the share of one worker. START/c says: c far above the start of a process. In between,
c = sqrt(START * H/W) balances the two. Merging is not in it: it copies packets, one process a plan.
"""
import argparse
import heapq
import random

START = 2 / 3600  # hours: starting matte, reading and fitting the network
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
    return end, lost


def mean_of(rounds, seed, *parameters):
    results = [simulate(*parameters, random.Random(seed + number)) for number in range(rounds)]
    return [sum(values) / rounds for values in zip(*results)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hours", type=float, default=1000,
                        help="work of one worker (default 1000)")
    parser.add_argument("--mean-hours-between-losses", type=float, default=1000, dest="mean")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()

    print(f"{given.hours:g} hours of work, a node lost every {given.mean:g} hours; lengths are of one worker's work\n")
    print("| workers | chunk on paper | best chunk | wall time | of the ideal | lost | lost without checkpoints |")
    print("|---|---|---|---|---|---|---|")
    for workers in (1, 10, 100, 1000, 10000):
        rows = []
        for seconds in (20, 60, 180, 600, 1800, 3600):
            parameters = (given.hours, seconds / 3600, workers, given.mean)
            wall, lost = mean_of(given.rounds, given.seed, *parameters, CHECKPOINT)
            _, lost_without = mean_of(given.rounds, given.seed, *parameters, None)
            rows.append((wall, seconds, lost, lost_without))
        wall, seconds, lost, lost_without = min(rows)
        paper = 3600 * (START * given.hours / workers) ** 0.5
        print(f"| {workers} | {paper:.0f} s | {seconds} s | {wall:.3f} h | {given.hours / workers / wall:.0%} "
              f"| {lost * 60:.2f} min | {lost_without * 60:.2f} min |")
        print("|   | all: " + ", ".join(f"{s} s {w:.3f} h" for w, s, _, _ in rows) + " | | | | | |")


main()
