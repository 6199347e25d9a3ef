package io.millwright.text.internal.encode;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.text.TextEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A BERT-like network that stands in a jar as ONNX, with its vocabulary. The session is made at the
 * first text and ends when the encoder is no longer reachable. Texts run one by one: the networks
 * are quantised by the values of the whole batch, so that a text would else change with its
 * neighbours. Thread-safe.
 */
abstract class OnnxEncoder implements TextEncoder {

  private static final Cleaner CLEANER = Cleaner.create();
  private static final int MOST_PIECES = 256;

  /** How a text's vector is made of those of its pieces. */
  enum Pooling {
    /** The mean of all. */
    MEAN,
    /** The first. */
    FIRST
  }

  private final String name;
  private final String file;
  private final String vocabulary;
  private final int size;
  private final List<String> languages;
  private final Pooling pooling;
  private final String id;
  private @Nullable Session session;

  /** What runs. */
  private record Session(OrtSession network, WordPiece pieces) {}

  /**
   * Looks for the files.
   *
   * @throws IllegalStateException when jar or runtime are not on the class path, so that whoever
   *     looks for encoders as services passes this one over
   */
  OnnxEncoder(
      String name,
      String file,
      String vocabulary,
      int size,
      List<String> languages,
      Pooling pooling) {
    this.name = name;
    this.file = file;
    this.vocabulary = vocabulary;
    this.size = size;
    this.languages = List.copyOf(languages);
    this.pooling = pooling;
    this.id = name + "@" + digest();
  }

  private InputStream open(String resource) {
    InputStream in = OnnxEncoder.class.getResourceAsStream("/" + resource);
    if (in == null) {
      throw new IllegalStateException("there is no " + resource + " on the class path");
    }
    return in;
  }

  /** Of the network's file; takes a tenth of a second. */
  private String digest() {
    try (InputStream in = open(file)) {
      Class.forName("ai.onnxruntime.OrtEnvironment", false, OnnxEncoder.class.getClassLoader());
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(sha.digest()).substring(0, 16);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("onnxruntime is not on the class path", e);
    }
  }

  private synchronized Session session() {
    if (session == null) {
      try (InputStream json = open(vocabulary);
          InputStream weights = open(file);
          OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        WordPiece pieces = WordPiece.read(json);
        OrtSession made =
            OrtEnvironment.getEnvironment().createSession(weights.readAllBytes(), options);
        CLEANER.register(this, () -> close(made));
        session = new Session(made, pieces);
      } catch (IOException | OrtException | LinkageError e) {
        throw failed(e);
      }
    }
    return session;
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private MillwrightException failed(Throwable e) {
    return new MillwrightException(
        ErrorCode.ENGINE_FAILED,
        "the sentence encoder "
            + name
            + " failed: "
            + e.getMessage()
            + "\nMaybe the native library of ONNX Runtime cannot be loaded on this system",
        e);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<String> languages() {
    return languages;
  }

  @Override
  public float[][] encode(List<String> texts) {
    float[][] all = new float[texts.size()][];
    for (int i = 0; i < all.length; i++) {
      all[i] = texts.get(i).isBlank() ? new float[size] : vector(texts.get(i));
    }
    return all;
  }

  private float[] vector(String text) {
    Session own = session();
    long[] ids = own.pieces.ids(text, MOST_PIECES);
    long[] ones = new long[ids.length];
    java.util.Arrays.fill(ones, 1);
    long[] shape = {1, ids.length};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
        OrtSession.Result result =
            own.network.run(
                Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      float[][][] said = (float[][][]) result.get(0).getValue();
      return unit(said[0]);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private float[] unit(float[][] pieces) {
    float[] vector = new float[size];
    int rows = pooling == Pooling.FIRST ? 1 : pieces.length;
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < size; i++) {
        vector[i] += pieces[r][i];
      }
    }
    double squares = 0;
    for (float v : vector) {
      squares += (double) v * v;
    }
    float scale = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
    for (int i = 0; i < size; i++) {
      vector[i] *= scale;
    }
    return vector;
  }
}
