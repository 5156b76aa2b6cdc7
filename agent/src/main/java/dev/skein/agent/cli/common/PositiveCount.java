// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.common;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of things, of which there must be one at least. */
public final class PositiveCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new TypeConversionException("'" + text + "' is no number from 1 on");
        }
        return Integer.valueOf(text);
    }
}
