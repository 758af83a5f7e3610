// Counts allocations of the process it is linked into: its malloc and friends stand in front of the C library's.
#ifndef MATTE_CALLOCATIONS_H
#define MATTE_CALLOCATIONS_H

// From now on, allocations of all threads are counted that were not asked for by libdispatch, which makes a few small
// objects for every `concurrentPerform`. With `trace`, the calls that lead to each go to standard error.
void matte_start_counting_allocations(int trace);
// How many there were; counting ends.
long matte_stop_counting_allocations(void);
// Bytes of the heap that are in use (mallinfo2).
long matte_heap_bytes(void);

#endif
