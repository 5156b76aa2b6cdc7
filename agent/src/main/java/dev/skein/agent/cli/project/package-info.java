// SPDX-License-Identifier: Apache-2.0

/** A project on disk: skein.yaml, the revisions folder, the databases by name. */
@NullMarked
package dev.skein.agent.cli.project;

import org.jspecify.annotations.NullMarked;
