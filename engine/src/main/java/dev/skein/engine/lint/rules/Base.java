// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Level;
import dev.skein.engine.lint.Rule;

/** What every rule has. */
abstract class Base implements Rule {
    private final String id;
    private final String name;
    private final Level level;

    Base(String id, String name, Level level) {
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
    public Level level() {
        return level;
    }
}
