package io.millwright.cli.model;

import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a network as a person writes it: its kind, a colon and the units of its layers. */
final class NetworkText implements ITypeConverter<Network> {

  private static final String FORMS =
      "linear, additive, mlp:64,32  periodic:64,64  lstm:128,64  gru:64  cnn:32,32  tcn:32,32  or"
          + " transformer:32,4,2 (width, heads, blocks)";

  @Override
  public Network convert(String text) {
    String[] parts = text.trim().toLowerCase(Locale.ROOT).split(":", 2);
    int[] units = parts.length == 2 ? units(text, parts[1]) : new int[0];
    if (parts[0].equals("linear") && units.length == 0) {
      return Networks.linear();
    }
    if (parts[0].equals("additive") && units.length == 0) {
      return Networks.additive();
    }
    if (units.length == 0 || (parts[0].equals("transformer") && units.length != 3)) {
      throw wrong(text);
    }
    try {
      return switch (parts[0]) {
        case "mlp" -> Networks.mlp(units);
        case "periodic" -> Networks.periodic(units);
        case "lstm" -> Networks.lstm(units);
        case "gru" -> Networks.gru(units);
        case "cnn" -> Networks.cnn(5, units);
        case "tcn" -> Networks.tcn(3, units);
        case "transformer" -> Networks.transformer(units[0], units[1], units[2]);
        default -> throw wrong(text);
      };
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "': " + e.getMessage());
    }
  }

  private static int[] units(String text, String list) {
    List<String> numbers = Arrays.asList(list.split(",", -1));
    if (!numbers.stream().allMatch(n -> n.trim().matches("[0-9]{1,5}"))) {
      throw wrong(text);
    }
    return numbers.stream().mapToInt(n -> Integer.parseInt(n.trim())).toArray();
  }

  private static TypeConversionException wrong(String text) {
    return new TypeConversionException("'" + text + "' is no network; write " + FORMS);
  }
}
