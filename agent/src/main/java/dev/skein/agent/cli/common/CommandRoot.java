// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.common;

/** What stands above all commands and knows where they write. */
public interface CommandRoot {
    /** Where they write. */
    Output out();
}
