// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.support;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.LintRule;

/** What every rule has. */
public abstract class RuleBase implements LintRule {
    private final String id;
    private final String name;
    private final LintLevel level;

    public RuleBase(String id, String name, LintLevel level) {
        this.id = id;
        this.name = name;
        this.level = level;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public LintLevel level() {
        return level;
    }
}
