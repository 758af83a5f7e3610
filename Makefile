# The menu: each line is one script, and `make help` says what they do. Variables given on the command line reach the
# scripts through the environment.

.POSIX:
.PHONY: all help deps build demo test lint bench cluster-test examples picture install clean
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

lint: deps
	@scripts/lint

bench: build
	@scripts/bench

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
