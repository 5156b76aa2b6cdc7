// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

/** Asked before each step whether to stop there. */
@FunctionalInterface
public interface Brake {
    /** Never stops. */
    Brake OFF = () -> false;

    boolean isPulled();
}
