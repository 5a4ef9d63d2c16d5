# The two commands that anybody needs are `make demo` and `make test`. Both install what the system lacks first.
.PHONY: help setup demo test test-exhaustive lint build benchmark man clean

FLAGS = --explicit-target-dependency-import-check error

help:
	@echo "make demo       build in release mode and show the main job on synthetic evidence"
	@echo "make test       build and run every test"
	@echo "make test-exhaustive  damage every fixture at every byte (some minutes)"
	@echo "make build      build the command: .build/release/bridle"
	@echo "make lint       check the formatting of all sources, and the words of all texts for people"
	@echo "make benchmark  measure a check of 1.23 million rows against a bare SQLite loop"
	@echo "make man        write the manual page and the shell completions again"

setup:
	@Scripts/setup

build: setup
	swift build -c release --product bridle $(FLAGS)

demo: build
	.build/release/bridle demo --force bridle-demo

test: setup
	swift build --build-tests $(FLAGS)
	swift test --skip-build --skip 'BridleTests|IndicatorStoreTests'
	# Servers that fall silent, and commands that are interrupted: these tests get the machine for themselves.
	swift test --skip-build --filter IndicatorStoreTests
	swift test --skip-build --filter BridleTests

# Every fixture cut off at every byte and with every byte damaged: optimised, or it takes an hour.
test-exhaustive: setup
	BRIDLE_EXHAUSTIVE=1 swift test -Xswiftc -O --scratch-path .build-optimised --filter "EveryFixture|FamilyCoverageTests"

lint:
	swift format lint --strict --recursive Sources Tests Plugins Package.swift
	Scripts/lint-words

benchmark: build
	swift build -c release --product bridle-benchmarks
	.build/release/bridle-benchmarks --bridle .build/release/bridle --encrypted

man: build
	Scripts/write-manual .build/release/bridle

clean:
	rm -rf .build bridle-demo
