# StreamPulse. "make help" lists what there is.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.SUFFIXES:

BUILD   ?= build
CC      ?= gcc
PYTHON  ?= /usr/bin/python3
APXS    ?= apxs
VERSION := $(shell cat VERSION)
JOBS    := $(shell nproc 2>/dev/null || echo 2)
export BUILD PYTHON APXS

# Everything below "deps" needs what scripts/deps.sh installs; the flags are asked for only when something is compiled.
APXS_CFLAGS = $(shell $(APXS) -q CFLAGS) $(shell $(APXS) -q EXTRA_CPPFLAGS) -I$(shell $(APXS) -q INCLUDEDIR)
APR_CFLAGS  = $(shell apr-1-config --cppflags --includes) $(shell apu-1-config --includes)
APR_LIBS    = $(shell apu-1-config --link-ld --libs) $(shell apr-1-config --link-ld --libs)
# Of libcurl the headers alone: ai/curl_library.c loads it in the process that needs it.
PKG_CFLAGS  = $(shell pkg-config --cflags sqlite3 jansson zlib libcrypto libcurl)
PKG_LIBS    = $(shell pkg-config --libs sqlite3 jansson zlib libcrypto) -lunistring

WARN := -Wall -Wextra -Wpointer-arith -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla -Wformat=2 -Wno-unused-parameter
ifdef CI
WARN += -Werror
endif
OPT     ?= -O2 -g
INCLUDES = -Imod_streampulse/core -Imod_streampulse/store -Imod_streampulse/ai -Imod_streampulse/insight -Imod_streampulse/httpd -I$(BUILD)/gen
CFLAGS_ALL  = -std=gnu11 $(OPT) $(WARN) -fPIC -fvisibility=hidden -MMD -MP -D_FORTIFY_SOURCE=2 -fstack-protector-strong $(INCLUDES) $(PKG_CFLAGS) -DSP_VERSION='"$(VERSION)"'
CFLAGS_ASAN = -std=gnu11 -O1 -g $(WARN) -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined -MMD -MP $(INCLUDES) $(PKG_CFLAGS) -DSP_VERSION='"$(VERSION)"' -DSP_TEST

GEN_LIB := $(BUILD)/gen/queries.c $(BUILD)/gen/migrations.c $(BUILD)/gen/insight_texts.c
GEN_MOD := $(BUILD)/gen/openapi.c $(BUILD)/gen/assets.c
# Whatever the dashboard is built from; folders too, so that a file that goes is noticed. Tests and generated types make no part of it.
HTDOCS  := $(shell find htdocs/src htdocs/public ! -name '*.test.*' ! -name '*.d.ts' ! -path htdocs/src/shared/api) $(addprefix htdocs/,index.html package-lock.json tsconfig.json catalogue.ts icons.ts licenses.ts react-modules.ts react-tables.ts syntax.ts vite.config.ts) tests/data/sample-year.csv
LIB_SRC := $(wildcard mod_streampulse/core/*.c mod_streampulse/store/*.c mod_streampulse/ai/*.c mod_streampulse/insight/*.c)
MOD_SRC := mod_streampulse/mod_streampulse.c $(wildcard mod_streampulse/httpd/*.c mod_streampulse/httpd/api/*.c)
CLI_SRC := $(wildcard mod_streampulse/cli/*.c)
UNIT    := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))
UNIT_SUPPORT := $(filter-out $(wildcard tests/unit/test_*.c),$(wildcard tests/unit/*.c))
BENCH   := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/*.c))
FUZZ    := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))

obj = $(patsubst $(BUILD)/gen/%.c,$(BUILD)/$(1)/gen/%.o,$(patsubst mod_streampulse/%.c,$(BUILD)/$(1)/%.o,$(2)))

MODULE := $(BUILD)/mod_streampulse.so
LIB    := $(BUILD)/libstreampulse.a
LIB_ASAN := $(BUILD)/libstreampulse-asan.a
ADMIN  := $(BUILD)/streampulse-admin

.PHONY: help all deps deps-test run test check bench bench-short bench-compare soak fuzz lint debug install clean unit histories peer guards fuzz-replay dashboard dev integration faults e2e screenshots format print-flags

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

all: $(MODULE) $(ADMIN) ## build the module and streampulse-admin

deps:
	@scripts/deps.sh run

deps-test:
	@scripts/deps.sh test

run: ## install what is missing, build, serve http://127.0.0.1:8080 (PORT, STATE, SAMPLE=0, ADMIN_PIN)
	@scripts/run.sh --check
	@scripts/deps.sh run
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@exec scripts/run.sh

test: deps-test ## install what is missing and run every test
	@+exec scripts/test.sh

check: unit fuzz-replay guards dashboard ## unit tests, fuzz corpora, guards and the dashboard's own tests: seconds, no server

unit: $(UNIT) ## cmocka tests, with ASan and UBSan
	@scripts/unit.sh $(UNIT)

histories: $(BUILD)/plain/test_undo_history $(BUILD)/plain/test_long_history ## 2,000 (SP_HISTORIES) random histories of uploads, undo and redo, and 50 (SP_LONG_HISTORIES) of long series
	@SP_HISTORIES=$${SP_HISTORIES:-2000} SP_LONG_HISTORIES=$${SP_LONG_HISTORIES:-50} scripts/unit.sh $^

peer: $(BUILD)/peer/facts_numbers ## the numbers of facts against SciPy and exact fractions, on random series (SP_SEED)
	@$(PYTHON) tests/peer/compare_facts.py $< $(SP_SEED)

guards: $(LIB) $(MODULE) $(ADMIN) ## layers, routes, directives, queries, log tags
	@$(PYTHON) tests/guards/guards.py --build $(BUILD)

dashboard: ## the dashboard's types and unit tests
	@scripts/dashboard.sh

dev: ## the dashboard with Vite's development server, on the figures of the server that "make run" started (PORT)
	@scripts/npm.sh htdocs build
	@cd htdocs && SP_API=http://127.0.0.1:$${PORT:-8080} exec node node_modules/vite/bin/vite.js

fuzz-replay: $(patsubst %,$(BUILD)/fuzz-replay/%,$(FUZZ))
	@set -e; shopt -s nullglob; for t in $(FUZZ); do $(BUILD)/fuzz-replay/$$t tests/fuzz/corpus/$$t/*; done

fuzz: $(patsubst %,$(BUILD)/fuzz/%,$(FUZZ)) ## fuzz every target for FUZZ_SECONDS (60) each, with clang's libFuzzer
	@set -e; for t in $(FUZZ); do echo "== fuzzing $$t"; mkdir -p $(BUILD)/corpus/$$t tests/fuzz/corpus/$$t; \
	  $(BUILD)/fuzz/$$t -max_total_time=$${FUZZ_SECONDS:-60} -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 -artifact_prefix=$(BUILD)/ $(BUILD)/corpus/$$t tests/fuzz/corpus/$$t; done

integration: all $(BUILD)/faults/fail_io.so ## a real httpd over HTTP
	@scripts/integration.sh

faults: all $(BUILD)/faults/record_io.so $(BUILD)/faults/fail_io.so ## power cuts, kill -9, failing disks, locks and restarts (FAULT_IMAGES, FAULT_KILLS, FAULT_LOCKED, FAULT_SEED)
	@scripts/faults.sh

e2e: all ## a real browser
	@scripts/e2e.sh

screenshots: all ## the README's pictures, taken of the real page, into docs/screenshots
	@scripts/deps.sh test
	@node tests/e2e/take_screenshots.mjs docs/screenshots

bench: all $(BENCH) ## every goal as a ratio against a peer measured in the same run (ROWS=reading,upload,query,export,neighbours,footprint,dashboard)
	@scripts/deps.sh bench
	@$(PYTHON) tests/bench/bench.py --build $(BUILD) --rows "$(ROWS)"

bench-short: all $(BENCH)
	@$(PYTHON) tests/bench/bench.py --build $(BUILD) --short --json $(BUILD)/bench-short.json
	@$(PYTHON) tests/bench/bench.py --build $(BUILD) --short --soak 2 --json $(BUILD)/soak-short.json

bench-compare: ## two results side by side: A=old.json B=new.json
	@$(PYTHON) tests/bench/bench.py --compare "$(A)" "$(B)"

soak: all ## 10,000 requests a minute for SOAK_SECONDS (600) with restarts and a kill in between, then slow clients
	@scripts/deps.sh bench
	@$(PYTHON) tests/bench/bench.py --build $(BUILD) --soak $${SOAK_SECONDS:-600}

lint: ## clang-format, clang-tidy, cppcheck, shellcheck where installed
	@scripts/lint.sh

print-flags:
	@echo $(filter-out -MMD -MP,$(CFLAGS_ALL)) $(APXS_CFLAGS) $(APR_CFLAGS)

format: ## rewrite C files as .clang-format says
	@git ls-files '*.c' '*.h' | xargs clang-format -i

debug: deps all ## httpd -X under gdb with a throw-away database
	@DEBUGGER=gdb scripts/run.sh

install: $(MODULE) $(ADMIN) ## into the folder of httpd's modules (apxs knows it) and $(PREFIX)/bin, below DESTDIR where it is set
	install -D -m 0644 $(MODULE) "$(DESTDIR)$$($(APXS) -q LIBEXECDIR)/mod_streampulse.so"
	install -D -m 0755 $(ADMIN) $(DESTDIR)$(or $(PREFIX),/usr/local)/bin/streampulse-admin

clean: ## everything that was built
	rm -rf $(BUILD)

$(BUILD)/gen/queries.c $(BUILD)/gen/queries.h &: schema/queries.sql scripts/gen_queries.py
	@mkdir -p $(BUILD)/gen
	@$(PYTHON) scripts/gen_queries.py schema/queries.sql $(BUILD)/gen/queries.h $(BUILD)/gen/queries.c

$(BUILD)/gen/migrations.c: $(wildcard schema/sqlite/*.sql) scripts/embed.py
	@mkdir -p $(BUILD)/gen
	@$(PYTHON) scripts/embed.py migrations $@ $(sort $(wildcard schema/sqlite/*.sql))

$(BUILD)/gen/insight_texts.c: schema/insight.prompt.md schema/insight.schema.json scripts/embed.py
	@mkdir -p $(BUILD)/gen
	@$(PYTHON) scripts/embed.py insight $@ schema/insight.prompt.md schema/insight.schema.json

$(BUILD)/gen/openapi.c: schema/openapi.yaml scripts/embed.py
	@mkdir -p $(BUILD)/gen
	@$(PYTHON) scripts/embed.py openapi $@ schema/openapi.yaml

$(BUILD)/gen/assets.c: $(HTDOCS) scripts/htdocs.sh scripts/embed_assets.mjs
	@mkdir -p $(BUILD)/gen
	@echo "  VITE htdocs"
	@scripts/htdocs.sh "$(abspath $(BUILD))/htdocs"
	@node scripts/embed_assets.mjs $@ $(BUILD)/htdocs

$(BUILD)/lib/%.o: mod_streampulse/%.c | $(BUILD)/gen/queries.h
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) $(CFLAGS_ALL) $(APR_CFLAGS) -c -o $@ $<

$(BUILD)/lib/gen/%.o: $(BUILD)/gen/%.c | $(BUILD)/gen/queries.h
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS_ALL) $(APR_CFLAGS) -c -o $@ $<

$(BUILD)/mod/%.o: mod_streampulse/%.c | $(BUILD)/gen/queries.h
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) $(CFLAGS_ALL) $(APXS_CFLAGS) $(APR_CFLAGS) -c -o $@ $<

$(BUILD)/mod/gen/%.o: $(BUILD)/gen/%.c | $(BUILD)/gen/queries.h
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS_ALL) $(APR_CFLAGS) -c -o $@ $<

$(BUILD)/asan/%.o: mod_streampulse/%.c | $(BUILD)/gen/queries.h
	@mkdir -p $(@D)
	@echo "  CC   $< (asan)"
	@$(CC) $(CFLAGS_ASAN) $(APR_CFLAGS) -c -o $@ $<

$(BUILD)/asan/gen/%.o: $(BUILD)/gen/%.c | $(BUILD)/gen/queries.h
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS_ASAN) $(APR_CFLAGS) -c -o $@ $<

$(LIB): $(call obj,lib,$(LIB_SRC) $(GEN_LIB))
	@rm -f $@; ar rcs $@ $^

$(LIB_ASAN): $(call obj,asan,$(LIB_SRC) $(GEN_LIB))
	@rm -f $@; ar rcs $@ $^

$(MODULE): $(call obj,mod,$(MOD_SRC) $(GEN_MOD)) $(LIB)
	@echo "  LD   $@"
	@$(CC) -shared -o $@ $(filter %.o,$^) -Wl,--whole-archive $(LIB) -Wl,--no-whole-archive -Wl,-z,relro,-z,now -Wl,--as-needed $(PKG_LIBS) -lcrypt -lm

$(ADMIN): $(call obj,lib,$(CLI_SRC)) $(LIB)
	@echo "  LD   $@"
	@$(CC) -o $@ $(filter %.o,$^) $(LIB) -Wl,--as-needed $(PKG_LIBS) $(APR_LIBS) -lm

$(BUILD)/unit/%: tests/unit/%.c $(UNIT_SUPPORT) $(LIB_ASAN)
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) $(CFLAGS_ASAN) $(APR_CFLAGS) -MF $@.d -o $@ $< $(UNIT_SUPPORT) $(LIB_ASAN) $(PKG_LIBS) $(APR_LIBS) -lcmocka -lm

$(BUILD)/faults/%.so: tests/faults/%.c tests/faults/watched_fd.h
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) -std=gnu11 -O2 -g $(WARN) -fPIC -shared -o $@ $< -ldl

# Without the sanitizers, for what needs many rounds.
$(BUILD)/plain/%: tests/unit/%.c $(UNIT_SUPPORT) $(LIB)
	@mkdir -p $(@D)
	@echo "  CC   $< (plain)"
	@$(CC) $(filter-out -fPIC -fvisibility=hidden,$(CFLAGS_ALL)) -DSP_TEST $(APR_CFLAGS) -MF $@.d -o $@ $< $(UNIT_SUPPORT) $(LIB) $(PKG_LIBS) $(APR_LIBS) -lcmocka -lm

$(BUILD)/bench/%: tests/bench/%.c $(LIB)
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) $(filter-out -fPIC -fvisibility=hidden,$(CFLAGS_ALL)) $(APR_CFLAGS) -MF $@.d -o $@ $< $(LIB) -Wl,--as-needed $(PKG_LIBS) $(APR_LIBS) -lm

$(BUILD)/peer/%: tests/peer/%.c $(LIB_ASAN)
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) $(CFLAGS_ASAN) $(APR_CFLAGS) -MF $@.d -o $@ $< $(LIB_ASAN) $(PKG_LIBS) $(APR_LIBS) -lm

$(BUILD)/fuzz-replay/%: tests/fuzz/fuzz_%.c tests/fuzz/corpus_main.c $(LIB_ASAN)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS_ASAN) $(APR_CFLAGS) -MF $@.d -o $@ $< tests/fuzz/corpus_main.c $(LIB_ASAN) $(PKG_LIBS) $(APR_LIBS) -lm

# libFuzzer wants the library's own sources instrumented: they are compiled together with the target.
$(BUILD)/fuzz/%: tests/fuzz/fuzz_%.c $(LIB_SRC) $(GEN_LIB)
	@mkdir -p $(@D)
	@echo "  FUZZ $<"
	@clang -std=gnu11 -O1 -g -fsanitize=fuzzer,address,undefined $(INCLUDES) $(PKG_CFLAGS) -DSP_VERSION='"$(VERSION)"' -DSP_TEST $(APR_CFLAGS) -o $@ $< $(LIB_SRC) $(GEN_LIB) $(PKG_LIBS) $(APR_LIBS) -lm

-include $(shell find $(BUILD) -type f -name '*.d' 2>/dev/null)
