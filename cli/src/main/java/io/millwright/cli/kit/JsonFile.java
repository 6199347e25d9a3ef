package io.millwright.cli.kit;

import java.nio.file.Path;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lets {@code --json FILE} of some commands write a file, where {@code --json} alone prints a
 * document as it does for every command.
 */
public final class JsonFile implements IParameterPreprocessor {

  /** A command that writes such a file. */
  public interface Taker {
    /**
     * Takes the file.
     *
     * @param file where to write
     */
    void jsonFile(Path file);
  }

  @Override
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    if (command.userObject() instanceof Taker taker
        && !args.isEmpty()
        && !args.peek().startsWith("-")) {
      taker.jsonFile(Path.of(args.pop()));
      return true;
    }
    return false;
  }
}
