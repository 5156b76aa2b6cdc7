// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

/** Why a service refuses something. */
public record ToldProblem(String title, String detail, String remedy) {}
