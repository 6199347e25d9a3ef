package io.millwright.benchmarks.shops;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code name=value} arguments: the programs here have too many for places. */
final class Settings {
  private Settings() {}

  static Map<String, String> of(String[] args) {
    Map<String, String> set = new LinkedHashMap<>();
    for (String arg : args) {
      int at = arg.indexOf('=');
      if (at < 1) {
        throw new IllegalArgumentException(
            "argument " + arg + " is not of the form name=value\nMaybe write seconds=10");
      }
      set.put(arg.substring(0, at), arg.substring(at + 1));
    }
    return set;
  }

  static double number(Map<String, String> set, String name, double otherwise) {
    return Double.parseDouble(set.getOrDefault(name, Double.toString(otherwise)));
  }
}
