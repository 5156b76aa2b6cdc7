// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

/**
 * Where other services are.
 *
 * @param audit empty where the control plane does not know
 */
public record ServicePlaces(String audit) {}
