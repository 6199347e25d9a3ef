package io.millwright.runtime.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Weights as safetensors: the length of a header (8 bytes, little endian), the header (JSON), then
 * the numbers of all tensors without gap. Float32 alone. Files beyond 2 GiB work; one tensor has
 * fewer than 2^31 numbers. The published format is that of
 * https://github.com/huggingface/safetensors.
 */
final class SafeTensors {

  private static final int CHUNK = 1 << 18;

  private SafeTensors() {}

  /** The bytes before the numbers. */
  static byte[] header(List<WeightSpec> specs) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator out = new JsonFactory().createGenerator(json)) {
      out.writeStartObject();
      long offset = 0;
      for (WeightSpec spec : specs) {
        out.writeObjectFieldStart(spec.name());
        out.writeStringField("dtype", "F32");
        out.writeArrayFieldStart("shape");
        for (int n : spec.shape()) {
          out.writeNumber(n);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("data_offsets");
        out.writeNumber(offset);
        offset += (long) spec.size() * Float.BYTES;
        out.writeNumber(offset);
        out.writeEndArray();
        out.writeEndObject();
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    // Blanks at the end, so that the numbers begin at a multiple of 8 and can be mapped.
    byte[] padded = Arrays.copyOf(json.toByteArray(), (json.size() + 7) / 8 * 8);
    Arrays.fill(padded, json.size(), padded.length, (byte) ' ');
    return ByteBuffer.allocate(8 + padded.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(padded.length)
        .put(padded)
        .array();
  }

  /** How many bytes the tensors take with a header. */
  static long size(byte[] header, List<WeightSpec> specs) {
    return header.length + specs.stream().mapToLong(s -> (long) s.size() * Float.BYTES).sum();
  }

  /** Takes bytes. */
  interface Sink {
    void write(ByteBuffer buffer) throws IOException;
  }

  /** The SHA-256 of the file that {@link #write} would write. */
  static String sha256(byte[] header, List<WeightSpec> specs, Weights weights) {
    MessageDigest sha = Bundles.sha256();
    try {
      write(sha::update, header, specs, weights);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /** Writes header and numbers. */
  static void write(Sink sink, byte[] header, List<WeightSpec> specs, Weights weights)
      throws IOException {
    sink.write(ByteBuffer.wrap(header));
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int t = 0; t < specs.size(); t++) {
      float[] values = weights.get(t);
      for (int done = 0; done < values.length; ) {
        int n = Math.min(CHUNK / Float.BYTES, values.length - done);
        for (int i = done; i < done + n; i++) {
          if (!Float.isFinite(values[i])) {
            throw new MillwrightException(
                ErrorCode.BAD_VALUE,
                "weight "
                    + i
                    + " of \""
                    + specs.get(t).name()
                    + "\" is "
                    + values[i]
                    + "\nMaybe the training diverged: lower the step size or clip gradients.");
          }
        }
        buffer.clear().limit(n * Float.BYTES);
        buffer.asFloatBuffer().put(values, done, n);
        sink.write(buffer);
        done += n;
      }
    }
  }

  private record Tensor(String name, List<Integer> shape, long begin, long end) {}

  /**
   * Reads weights.
   *
   * @param in the entry, at its beginning
   * @param specs what the network needs; the tensors must be these, in any order
   * @param keep whether to keep the numbers, or only to check them
   * @return the weights, of empty arrays when they are not kept
   */
  static Weights read(
      PartReader in, List<WeightSpec> specs, boolean keep, Place place, Limits limits)
      throws IOException {
    long total = in.remaining();
    if (total < 8) {
      throw place.error("has " + total + " bytes, too few for tensors");
    }
    long length = ByteBuffer.wrap(in.bytes(8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > limits.headerBytes() || length > total - 8) {
      throw place.error(
          "a header of "
              + length
              + " bytes, but the entry has "
              + total
              + " and at most "
              + limits.headerBytes()
              + " are read");
    }
    List<Tensor> tensors = tensors(in.bytes((int) length), place, limits);
    int[] order = match(tensors, specs, total - 8 - length, place);
    List<float[]> arrays = new ArrayList<>();
    specs.forEach(s -> arrays.add(new float[0]));
    for (int t = 0; t < order.length; t++) {
      WeightSpec spec = specs.get(order[t]);
      float[] values = new float[keep ? spec.size() : 0];
      in.floats(spec.name(), values, spec.size());
      arrays.set(order[t], values);
    }
    return Weights.of(arrays);
  }

  /** Checks tensors, in the order of their numbers, against what is needed; gives their indices. */
  private static int[] match(List<Tensor> tensors, List<WeightSpec> specs, long size, Place place) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < specs.size(); i++) {
      places.put(specs.get(i).name(), i);
    }
    int[] order = new int[tensors.size()];
    long position = 0;
    for (int t = 0; t < order.length; t++) {
      Tensor tensor = tensors.get(t);
      Integer index = places.remove(tensor.name);
      if (index == null) {
        throw place.error("the network has no weights \"" + abbreviated(tensor.name) + "\"");
      }
      WeightSpec spec = specs.get(index);
      if (!tensor.shape.equals(spec.shape())) {
        throw place.error(
            "tensor \""
                + tensor.name
                + "\" has the shape "
                + tensor.shape
                + ", but the network needs "
                + spec.shape());
      }
      if (tensor.begin != position
          || tensor.end - tensor.begin != (long) spec.size() * Float.BYTES) {
        throw place.error(
            "tensor \""
                + tensor.name
                + "\" is said to lie from "
                + tensor.begin
                + " to "
                + tensor.end
                + ", but must begin at "
                + position
                + " and hold "
                + spec.size()
                + " numbers");
      }
      position = tensor.end;
      order[t] = index;
    }
    if (!places.isEmpty()) {
      throw place.error("weights are missing: " + abbreviated(places.keySet().toString()));
    }
    if (position != size) {
      throw place.error("has " + size + " bytes of numbers, but the tensors take " + position);
    }
    return order;
  }

  private static List<Tensor> tensors(byte[] header, Place place, Limits limits)
      throws IOException {
    List<Tensor> tensors = new ArrayList<>();
    try (JsonParser in = Json.parser(header, place, limits)) {
      expect(in.nextToken() == JsonToken.START_OBJECT, in, place);
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        expect(in.nextToken() == JsonToken.START_OBJECT, in, place);
        if (name.equals("__metadata__")) {
          in.skipChildren(); // free text of other writers
          continue;
        }
        if (tensors.size() == limits.tensors() || name.length() > limits.nameLength()) {
          throw place.error("too many tensors, or too long a name: \"" + abbreviated(name) + "\"");
        }
        tensors.add(tensor(in, name, place, limits));
      }
      expect(in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null, in, place);
    } catch (JsonProcessingException e) {
      throw place.error("its header is not valid: " + e.getOriginalMessage(), e);
    }
    tensors.sort(Comparator.comparingLong(Tensor::begin));
    return tensors;
  }

  private static Tensor tensor(JsonParser in, String name, Place place, Limits limits)
      throws IOException {
    List<Integer> shape = new ArrayList<>();
    List<Long> offsets = new ArrayList<>();
    boolean float32 = false;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "dtype" -> float32 = "F32".equals(in.getText());
        case "shape" -> {
          expect(in.currentToken() == JsonToken.START_ARRAY, in, place);
          while (in.nextToken() == JsonToken.VALUE_NUMBER_INT
              && shape.size() < limits.dimensions()) {
            shape.add(in.getIntValue());
          }
          expect(in.currentToken() == JsonToken.END_ARRAY, in, place);
        }
        case "data_offsets" -> {
          expect(in.currentToken() == JsonToken.START_ARRAY, in, place);
          while (in.nextToken() == JsonToken.VALUE_NUMBER_INT && offsets.size() < 2) {
            offsets.add(in.getLongValue());
          }
          expect(in.currentToken() == JsonToken.END_ARRAY, in, place);
        }
        default -> expect(false, in, place);
      }
    }
    expect(in.currentToken() == JsonToken.END_OBJECT && offsets.size() == 2, in, place);
    if (!float32) {
      throw place.error("tensor \"" + abbreviated(name) + "\" does not hold F32");
    }
    return new Tensor(name, shape, offsets.get(0), offsets.get(1));
  }

  private static void expect(boolean sound, JsonParser in, Place place) {
    if (!sound) {
      throw place.error(
          "its header is damaged at character " + in.currentTokenLocation().getCharOffset());
    }
  }

  private static String abbreviated(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }
}
