// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.common;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Why somebody does something, as it is kept; blanks are no reason. */
public final class ReasonGiven implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("the reason is empty; it is kept, so write one");
        }
        return text.strip();
    }
}
