package io.millwright.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lets {@code schedule --json FILE} write the plan to a file, where {@code --json} alone prints a
 * document as it does for every command.
 */
final class PlanFile implements IParameterPreprocessor {

  @Override
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    if (command.userObject() instanceof SchedulePlan plan
        && !args.isEmpty()
        && !args.peek().startsWith("-")) {
      plan.planFile = Path.of(args.pop());
      return true;
    }
    return false;
  }
}
