package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.LearningCurve.Epoch;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.support.Moves;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where trainings leave their states: one file for each member. A file is written beside the old
 * one and takes its place in one move, so that a kill leaves the old or the new state. It holds a
 * magic number, the digest of recipe and data, the counters, the course, all arrays, and a CRC-32
 * of everything before it.
 */
final class Checkpoints {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private static final int MAGIC = 0x4D57_4331;

  private final Path folder;
  private final String digest;

  /**
   * @param folder made when it does not exist
   * @param digest of the recipe and the data, so that a state is never taken up by another training
   */
  Checkpoints(Path folder, String digest) {
    this.folder = folder;
    this.digest = digest;
  }

  void save(String member, FittingState state) {
    Path file = folder.resolve(member + ".ckpt");
    Path fresh = folder.resolve(member + ".ckpt.tmp");
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        write(Channels.newOutputStream(channel), state);
        channel.force(true);
      }
      Moves.replace(fresh, file);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot write checkpoint " + file + ": " + e.getMessage() + "\nMaybe name another folder",
          e);
    }
  }

  private void write(OutputStream raw, FittingState state) throws IOException {
    CheckedOutputStream checked =
        new CheckedOutputStream(new BufferedOutputStream(raw, 1 << 16), new CRC32());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeInt(MAGIC);
    out.writeUTF(digest);
    out.writeLong(state.rule().steps());
    out.writeInt(state.bestEpoch());
    out.writeInt(state.epochs());
    for (Epoch e : state.course()) {
      out.writeInt(e.number());
      out.writeDouble(e.trainingLoss());
      out.writeDouble(e.validationLoss());
      out.writeDouble(e.rate());
    }
    for (Weights weights : state.arrays()) {
      for (int i = 0; i < weights.count(); i++) {
        for (float v : weights.get(i)) {
          out.writeFloat(v);
        }
      }
    }
    out.flush();
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  /**
   * Refuses to go on from a folder that is not there.
   *
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}
   */
  void require() {
    if (!Files.isDirectory(folder)) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "there is no folder of checkpoints "
              + folder
              + "\nMaybe name the folder given to Learning.checkpoints, or train anew");
    }
  }

  /**
   * Takes a state up where there is a whole one. A damaged one is said in the log and left out:
   * that member is trained anew.
   *
   * @param state a state at its beginning, changed when there is a checkpoint
   * @return whether there was one
   * @throws MillwrightException with {@link ErrorCode#WRONG_BUNDLE} when the checkpoint belongs to
   *     other data or another recipe
   */
  boolean load(String member, FittingState state) {
    Path file = folder.resolve(member + ".ckpt");
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (CheckedInputStream checked =
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), 1 << 16), new CRC32());
        DataInputStream in = new DataInputStream(checked)) {
      if (in.readInt() != MAGIC) {
        return damaged(file, "it does not begin as one");
      }
      String made = in.readUTF();
      if (!made.equals(digest)) {
        throw new MillwrightException(
            ErrorCode.WRONG_BUNDLE,
            "checkpoint "
                + file
                + " was made with other data or other settings\n"
                + "Maybe give the same data and recipe as then, or name an empty folder");
      }
      long steps = in.readLong();
      int best = in.readInt();
      int count = in.readInt();
      if (count < 0 || (long) count * 28 > Files.size(file)) {
        return damaged(file, "it says that " + count + " epochs are done");
      }
      List<Epoch> course = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        course.add(new Epoch(in.readInt(), in.readDouble(), in.readDouble(), in.readDouble()));
      }
      List<Weights> arrays = new ArrayList<>();
      for (Weights like : state.arrays()) {
        Weights read = like.copy();
        for (int i = 0; i < read.count(); i++) {
          float[] values = read.get(i);
          for (int k = 0; k < values.length; k++) {
            values[k] = in.readFloat();
          }
        }
        arrays.add(read);
      }
      long sum = checked.getChecksum().getValue();
      if (in.readLong() != sum || best < 0 || best > count) {
        return damaged(file, "its checksum is wrong");
      }
      state.restore(arrays, course, best, steps);
      return true;
    } catch (IOException e) {
      return damaged(file, e.toString());
    }
  }

  private static boolean damaged(Path file, String why) {
    LOG.warn("The checkpoint {} is damaged ({}): this member is trained anew.", file, why);
    return false;
  }
}
