// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

/** One process of the stack. */
public interface StackPart {
    String name();

    /** Starts the process. */
    void launch();

    /** Waits until it serves, or fails if it ends before. */
    void awaitReady() throws InterruptedException;

    /** Whether it was ever started. */
    boolean isLaunched();

    /** Whether it serves now. */
    boolean isReady();

    /** The process while it runs or after it died; before the first start there is none. */
    Process process();

    /** Stops it cleanly and waits for its end. */
    void stop() throws InterruptedException;
}
