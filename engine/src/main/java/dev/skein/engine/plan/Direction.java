// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.plan;

/** Which section of a revision a step runs. */
public enum Direction {
    UP,
    DOWN
}
