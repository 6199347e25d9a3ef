package io.millwright.cli.model;

import io.millwright.api.learn.ModelKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a kind of model as a person writes it, such as {@code decision-tree}. */
final class KindText implements ITypeConverter<ModelKind> {

  @Override
  public ModelKind convert(String text) {
    String name = text.trim().toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(ModelKind.values())
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is no kind of model; write one of "
                        + Arrays.stream(ModelKind.values())
                            .map(k -> k.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .collect(Collectors.joining(", "))));
  }
}
