// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.config;

import jakarta.inject.Qualifier;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The control plane's database by connections that only conductor, relay and feeds have: however
 * many people read, and however slowly, these go on.
 */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER})
public @interface LoopConnections {}
