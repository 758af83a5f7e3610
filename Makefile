# The menu: each line is one script, and `make help` says what they do. Variables given on the command line reach the
# scripts through the environment.

.POSIX:
.PHONY: all help deps build demo test live-test live-test-vm live-test-browser cluster-test lint
.PHONY: bench bench-check soak examples picture install clean
all: build

help:
	@scripts/help

deps:
	@scripts/setup

build: deps
	@scripts/build

demo: build
	@scripts/demo

test: deps
	@scripts/test

live-test: deps
	@scripts/live-test

live-test-vm: deps
	@LIVE_KERNEL=vm scripts/live-test

live-test-browser: deps
	@scripts/live-test browser

lint: deps
	@scripts/lint

bench: build
	@scripts/bench

soak: build
	@scripts/soak

bench-check: deps
	@scripts/bench-check

cluster-test: build
	@scripts/cluster-test

examples: build
	@scripts/run-examples

picture: build
	@scripts/make-picture

install:
	@scripts/install

clean:
	rm -rf .build examples/MatteClip/.build .deps/fetch.* demo
