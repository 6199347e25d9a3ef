package io.millwright.runtime.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of the format that a manifest states in its first field. */
final class FormatVersion {

  private static final Pattern FORMAT =
      Pattern.compile(Bundles.FORMAT + "/([0-9]{1,6})\\.([0-9]{1,6})");

  private FormatVersion() {}

  /** Before anything else: what a later version wrote may look like damage to this one. */
  static void check(byte[] json, Place here, Limits limits) throws IOException {
    String format;
    try (JsonParser in = Json.parser(json, here, limits)) {
      if (in.nextToken() != JsonToken.START_OBJECT
          || in.nextToken() != JsonToken.FIELD_NAME
          || !in.currentName().equals("format")
          || in.nextToken() != JsonToken.VALUE_STRING) {
        throw here.error("the first field must be \"format\"");
      }
      format = in.getText();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw here.error("is not JSON: " + e.getOriginalMessage(), e);
    }
    Matcher matcher = FORMAT.matcher(format);
    if (!matcher.matches()) {
      throw here.error("the format is \"" + format + "\"");
    }
    int major = Integer.parseInt(matcher.group(1));
    int minor = Integer.parseInt(matcher.group(2));
    if (major != Bundles.MAJOR || minor > Bundles.MINOR) {
      throw new MillwrightException(
          ErrorCode.WRONG_BUNDLE,
          here.where()
              + ": the format is "
              + major
              + "."
              + minor
              + ", but this version reads "
              + Bundles.MAJOR
              + ".0 to "
              + Bundles.MAJOR
              + "."
              + Bundles.MINOR
              + "\nMaybe a later version of Millwright wrote it: open it with that one.");
    }
  }
}
