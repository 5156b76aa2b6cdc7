// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

/** A login that was granted. */
public record LoginGrant(String token, String expires) {}
