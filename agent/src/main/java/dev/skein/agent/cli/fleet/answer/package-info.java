// SPDX-License-Identifier: Apache-2.0

/** What the services answer, a record for each kind of answer. */
@NullMarked
package dev.skein.agent.cli.fleet.answer;

import org.jspecify.annotations.NullMarked;
