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
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Weights as safetensors: the length of a header (8 bytes, little endian), the header (JSON), then
 * the numbers of all tensors without gap. Float32 alone. Files beyond 2 GiB work; one tensor has
 * fewer than 2^31 numbers. The published format is that of
 * https://github.com/huggingface/safetensors.
 */
final class SafeTensors {

  private static final int CHUNK = 1 << 18;
  private static final String SCALE = ".scale";
  private static final String PLACES = ".places";
  private static final List<String> TYPES = List.of("F32", "F16", "I8", "U8");

  /** What stands before the numbers of a tensor, where {@link #match} gives no index. */
  private static final int SCALES = -1;

  private static final int BITS = -2;

  private SafeTensors() {}

  /** The bytes before the numbers, in forms whose length does not depend on the values. */
  static byte[] header(List<WeightSpec> specs, Storage storage) {
    return header(stored(specs, storage, t -> specs.get(t).size()));
  }

  /** The bytes before the numbers. */
  static byte[] header(List<WeightSpec> specs, Weights weights, Storage storage) {
    return header(stored(specs, storage, t -> Storage.kept(weights.get(t))));
  }

  private static byte[] header(List<Tensor> stored) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator out = new JsonFactory().createGenerator(json)) {
      out.writeStartObject();
      for (Tensor tensor : stored) {
        out.writeObjectFieldStart(tensor.name);
        out.writeStringField("dtype", tensor.type);
        out.writeArrayFieldStart("shape");
        for (int n : tensor.shape) {
          out.writeNumber(n);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("data_offsets");
        out.writeNumber(tensor.begin);
        out.writeNumber(tensor.end);
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

  /**
   * What a file holds, in its order: before whole numbers stand their scales, before weights of
   * which some are 0 the places of the others.
   *
   * @param kept how many numbers of a tensor are not 0
   */
  private static List<Tensor> stored(
      List<WeightSpec> specs, Storage storage, IntUnaryOperator kept) {
    List<Tensor> all = new ArrayList<>();
    for (int t = 0; t < specs.size(); t++) {
      WeightSpec spec = specs.get(t);
      if (storage == Storage.SPARSE && Storage.matrix(spec)) {
        all.add(after(all, spec.name() + PLACES, "U8", List.of(bits(spec.size()))));
        all.add(after(all, spec.name(), "F32", List.of(kept.applyAsInt(t))));
        continue;
      }
      boolean whole = storage == Storage.I8 && Storage.matrix(spec);
      if (whole) {
        all.add(after(all, spec.name() + SCALE, "F32", spec.shape().subList(0, 1)));
      }
      String type = whole ? "I8" : storage == Storage.F16 ? "F16" : "F32";
      all.add(after(all, spec.name(), type, spec.shape()));
    }
    return all;
  }

  /** The bytes of a bit for each number. */
  private static int bits(int count) {
    return (int) ((count + 7L) / 8);
  }

  private static Tensor after(List<Tensor> all, String name, String type, List<Integer> shape) {
    long begin = all.isEmpty() ? 0 : all.get(all.size() - 1).end;
    long size = shape.stream().mapToLong(n -> n).reduce(1, (x, y) -> x * y);
    return new Tensor(name, type, shape, begin, begin + size * bytes(type));
  }

  private static int bytes(String type) {
    return switch (type) {
      case "F32" -> 4;
      case "F16" -> 2;
      default -> 1;
    };
  }

  /** How many bytes the tensors take with a header, as {@link #header(List, Storage)}. */
  static long size(byte[] header, List<WeightSpec> specs, Storage storage) {
    return size(header, stored(specs, storage, t -> specs.get(t).size()));
  }

  /** How many bytes the tensors take with a header. */
  static long size(byte[] header, List<WeightSpec> specs, Weights weights, Storage storage) {
    return size(header, stored(specs, storage, t -> Storage.kept(weights.get(t))));
  }

  private static long size(byte[] header, List<Tensor> all) {
    return header.length + (all.isEmpty() ? 0 : all.get(all.size() - 1).end);
  }

  /** Takes bytes. */
  interface Sink {
    void write(ByteBuffer buffer) throws IOException;
  }

  /** The SHA-256 of the file that {@link #write} would write. */
  static String sha256(List<WeightSpec> specs, Weights weights) {
    Digest sha = new Digest();
    Storage storage = Storage.of(specs, weights);
    try {
      write(sha::add, header(specs, weights, storage), specs, weights, storage);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return sha.hex();
  }

  /** Writes header and numbers. */
  static void write(
      Sink sink, byte[] header, List<WeightSpec> specs, Weights weights, Storage storage)
      throws IOException {
    sink.write(ByteBuffer.wrap(header));
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int t = 0; t < specs.size(); t++) {
      WeightSpec spec = specs.get(t);
      float[] values = weights.get(t);
      finite(spec, values);
      if (storage == Storage.I8 && Storage.matrix(spec)) {
        float[] scales = Storage.scales(spec, values);
        floats(sink, buffer, scales);
        levels(sink, buffer, values, scales);
      } else if (storage == Storage.SPARSE && Storage.matrix(spec)) {
        sink.write(ByteBuffer.wrap(Storage.places(values)));
        floats(sink, buffer, Storage.packed(values));
      } else if (storage == Storage.F16) {
        halves(sink, buffer, values);
      } else {
        floats(sink, buffer, values);
      }
    }
  }

  private static void finite(WeightSpec spec, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "weight "
                + i
                + " of \""
                + spec.name()
                + "\" is "
                + values[i]
                + "\nMaybe the training diverged: lower the step size or clip gradients.");
      }
    }
  }

  private static void floats(Sink sink, ByteBuffer buffer, float[] values) throws IOException {
    for (int done = 0; done < values.length; ) {
      int n = Math.min(CHUNK / Float.BYTES, values.length - done);
      buffer.clear().limit(n * Float.BYTES);
      buffer.asFloatBuffer().put(values, done, n);
      sink.write(buffer);
      done += n;
    }
  }

  private static void halves(Sink sink, ByteBuffer buffer, float[] values) throws IOException {
    for (int done = 0; done < values.length; ) {
      int n = Math.min(CHUNK / Short.BYTES, values.length - done);
      buffer.clear();
      for (int i = done; i < done + n; i++) {
        buffer.putShort(Storage.half(values[i]));
      }
      sink.write(buffer.flip());
      done += n;
    }
  }

  private static void levels(Sink sink, ByteBuffer buffer, float[] values, float[] scales)
      throws IOException {
    int length = values.length / scales.length;
    for (int done = 0; done < values.length; ) {
      int n = Math.min(CHUNK, values.length - done);
      buffer.clear();
      for (int i = done; i < done + n; i++) {
        buffer.put((byte) Storage.level(values[i], scales[i / length]));
      }
      sink.write(buffer.flip());
      done += n;
    }
  }

  private record Tensor(String name, String type, List<Integer> shape, long begin, long end) {}

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
    specs.forEach(spec -> arrays.add(new float[0]));
    Map<Integer, FloatBuffer> mapped = new HashMap<>();
    float[] scales = new float[0];
    byte[] places = new byte[0];
    for (int t = 0; t < order.length; t++) {
      Tensor tensor = tensors.get(t);
      if (order[t] == BITS) {
        places = in.bytes(tensor.shape.get(0));
        continue;
      }
      if (order[t] == SCALES) {
        scales = new float[tensor.shape.get(0)];
        in.floats(tensor.name, scales, scales.length);
        for (float scale : scales) {
          if (!Float.isFinite(scale * Byte.MIN_VALUE)) {
            throw place.error("a scale of \"" + tensor.name + "\" is " + scale);
          }
        }
        continue;
      }
      int index = order[t];
      WeightSpec spec = specs.get(index);
      if (keep && tensor.type.equals("F32") && (t == 0 || order[t - 1] != BITS)) {
        in.mapped(spec.size()).ifPresent(file -> mapped.put(index, file));
      }
      float[] values = new float[keep && !mapped.containsKey(index) ? spec.size() : 0];
      if (t > 0 && order[t - 1] == BITS) {
        int count = tensor.shape.get(0);
        float[] packed = new float[keep ? count : 0];
        in.floats(spec.name(), packed, count);
        if (!Storage.unpack(places, spec.size(), count, packed, values)) {
          throw place.error("the places of \"" + tensor.name + "\" are not " + count);
        }
        arrays.set(order[t], values);
        continue;
      }
      switch (tensor.type) {
        case "F16" -> in.halves(spec.name(), values, spec.size());
        case "I8" -> in.levels(values, spec.size(), scales);
        default -> in.floats(spec.name(), values, spec.size());
      }
      arrays.set(order[t], values);
    }
    Weights all = Weights.of(arrays, mapped);
    return tensors.stream().allMatch(t -> t.type.equals("F32")) ? all : all.asRounded();
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
      if (tensor.begin != position) {
        throw place.error(
            "tensor \""
                + tensor.name
                + "\" is said to begin at "
                + tensor.begin
                + ", but must begin at "
                + position);
      }
      int before = t + 1 < order.length ? before(tensor, tensors.get(t + 1), places, specs) : 0;
      if (tensor.type.equals("I8")
          && !(t > 0
              && order[t - 1] == SCALES
              && tensors.get(t - 1).name.equals(tensor.name + SCALE))) {
        throw place.error("tensor \"" + abbreviated(tensor.name) + "\" of I8 has no scales");
      }
      if (before < 0) {
        position = bounded(tensor, tensor.shape.get(0), position, place);
        order[t] = before;
        continue;
      }
      if (tensor.type.equals("U8")) {
        throw place.error("tensor \"" + abbreviated(tensor.name) + "\" of U8 has no numbers");
      }
      Integer index = places.remove(tensor.name);
      if (index == null) {
        throw place.error("the network has no weights \"" + abbreviated(tensor.name) + "\"");
      }
      WeightSpec spec = specs.get(index);
      if (t > 0 && order[t - 1] == BITS) {
        int count = tensor.shape.size() == 1 ? tensor.shape.get(0) : -1;
        if (count < 0 || count > spec.size()) {
          throw place.error("tensor \"" + tensor.name + "\" has the shape " + tensor.shape);
        }
        position = bounded(tensor, count, position, place);
        order[t] = index;
        continue;
      }
      if (!tensor.shape.equals(spec.shape())) {
        throw place.error(
            "tensor \""
                + tensor.name
                + "\" has the shape "
                + tensor.shape
                + ", but the network needs "
                + spec.shape());
      }
      position = bounded(tensor, spec.size(), position, place);
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

  /** Whether a tensor holds the scales or the places of the next one, or neither: 0. */
  private static int before(
      Tensor tensor, Tensor next, Map<String, Integer> places, List<WeightSpec> specs) {
    Integer index = places.get(next.name);
    if (index == null || !Storage.matrix(specs.get(index))) {
      return 0;
    }
    WeightSpec spec = specs.get(index);
    String kind = tensor.type + " " + next.type + " " + tensor.name;
    if (kind.equals("F32 I8 " + next.name + SCALE)) {
      return tensor.shape.equals(spec.shape().subList(0, 1)) ? SCALES : 0;
    }
    boolean bits = kind.equals("U8 F32 " + next.name + PLACES);
    return bits && tensor.shape.equals(List.of(bits(spec.size()))) ? BITS : 0;
  }

  private static long bounded(Tensor tensor, long size, long position, Place place) {
    if (tensor.end - tensor.begin != size * bytes(tensor.type)) {
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
              + size
              + " numbers");
    }
    return tensor.end;
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
    String type = "";
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "dtype" -> type = String.valueOf(in.getText());
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
    if (!TYPES.contains(type)) {
      throw place.error(
          "tensor \""
              + abbreviated(name)
              + "\" does not hold F32, F16, I8 or U8 but "
              + abbreviated(type));
    }
    return new Tensor(name, type, shape, offsets.get(0), offsets.get(1));
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
