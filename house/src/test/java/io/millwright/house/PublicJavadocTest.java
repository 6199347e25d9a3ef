package io.millwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every public or protected type, method and field of a public package has a comment, and every record component its {@code
 * @param}. The compiler's own lint cannot say this alone: it wants each component described a second time on a checking constructor.
 */
class PublicJavadocTest {

  @Test
  void everyPublicElementIsDescribedAndEveryTypeByTheTermOfItsField() throws IOException {
    List<String> missing = new ArrayList<>();
    for (var module : House.PUBLIC_PACKAGES.entrySet()) {
      for (String packageName : module.getValue()) {
        missing.addAll(missingIn(House.sources(module.getKey(), packageName)));
      }
    }
    assertThat(missing).as("public elements without Javadoc").isEmpty();
  }

  /**
   * The first sentence of a public type has at least four words, and one that begins with a word
   * such as "What" or "How" names the field's term for it in brackets.
   */
  @Test
  void firstSentencesNameTheTermOfTheField() {
    assertThat(lacks("What a plan is to minimise: a weighted sum.")).isTrue();
    assertThat(lacks("What a plan is to minimise (objective function): a weighted sum.")).isFalse();
    assertThat(lacks("A contextual bandit.")).isTrue();
    assertThat(lacks("A plan without an end")).isTrue();
    assertThat(lacks("Reads {@link Table}s of text files.\n\nMore.")).isFalse();
  }

  private static boolean lacks(String comment) {
    String plain =
        comment
            .replaceAll("\\{@\\w+\\s+([^}]*)\\}", "$1")
            .replaceAll("<[^>]+>", "")
            .replaceAll("\\s+", " ")
            .strip();
    Matcher end = Pattern.compile("\\.(?= |$)").matcher(plain);
    if (!end.find()) {
      return true;
    }
    String first = plain.substring(0, end.start());
    return first.split(" ").length < 4
        || (first.matches("(What|How|Where|When|Who|Whatever|Something) .*")
            && !first.contains("("));
  }

  private static List<String> missingIn(List<Path> sources) throws IOException {
    List<String> missing = new ArrayList<>();
    if (sources.isEmpty()) {
      return missing;
    }
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(docs, unit, missing).scan(unit, null);
      }
    }
    return missing;
  }

  private static final class Scanner extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final List<String> missing;

    Scanner(DocTrees docs, CompilationUnitTree unit, List<String> missing) {
      this.docs = docs;
      this.unit = unit;
      this.missing = missing;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (!visible(type.getModifiers())) {
        return null;
      }
      String comment = require(type, "type " + type.getSimpleName());
      boolean top = getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
      if (top && !comment.isEmpty() && lacks(comment)) {
        report(type, "the first sentence of " + type.getSimpleName() + " lacks the field's term");
      }
      if (type.getKind() == Kind.RECORD) {
        for (Tree member : type.getMembers()) {
          if (member instanceof VariableTree field
              && !field.getModifiers().getFlags().contains(Modifier.STATIC)
              && !comment.contains("@param " + field.getName())) {
            report(field, "no @param for the component " + field.getName());
          }
        }
      }
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
      // A constructor that the compiler made up has no place of its own in the source.
      boolean written = docs.getSourcePositions().getEndPosition(unit, method) >= 0;
      if (written && !overrides && visible(method.getModifiers())) {
        require(method, "method " + method.getName());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void unused) {
      if (visible(field.getModifiers()) && !component(field)) {
        require(field, "field " + field.getName());
      }
      return null;
    }

    private boolean component(VariableTree field) {
      return enclosing().getKind() == Kind.RECORD
          && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    /** Members of an interface and constants of an enum are public without saying so. */
    private boolean visible(ModifiersTree modifiers) {
      if (modifiers.getFlags().contains(Modifier.PRIVATE)) {
        return false;
      }
      boolean spoken =
          modifiers.getFlags().contains(Modifier.PUBLIC)
              || modifiers.getFlags().contains(Modifier.PROTECTED);
      TreePath parent = getCurrentPath().getParentPath();
      return spoken
          || (parent != null
              && parent.getLeaf() instanceof ClassTree outer
              && (outer.getKind() == Kind.INTERFACE || outer.getKind() == Kind.ANNOTATION_TYPE));
    }

    private ClassTree enclosing() {
      return (ClassTree) getCurrentPath().getParentPath().getLeaf();
    }

    private String require(Tree tree, String what) {
      String comment = docs.getDocComment(getCurrentPath());
      if (comment == null || comment.isBlank()) {
        report(tree, what);
        return "";
      }
      return comment;
    }

    private void report(Tree tree, String what) {
      long line =
          unit.getLineMap().getLineNumber(docs.getSourcePositions().getStartPosition(unit, tree));
      Path file = House.root().relativize(Path.of(unit.getSourceFile().toUri()));
      missing.add(file + ":" + line + ": " + what);
    }
  }
}
