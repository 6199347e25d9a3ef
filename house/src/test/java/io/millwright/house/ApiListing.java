package io.millwright.house;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what others can compile against, one line an element, in an order that depends on nothing
 * but the names.
 */
final class ApiListing {
  private ApiListing() {}

  static String of(String module, List<Class<?>> types) {
    StringBuilder text = new StringBuilder("# Public API of " + module + "\n");
    for (Class<?> type : types) {
      if (!type.getSimpleName().equals("package-info") && reachable(type)) {
        text.append('\n').append(head(type)).append('\n');
        members(type).forEach(line -> text.append("  ").append(line).append('\n'));
      }
    }
    return text.toString();
  }

  private static boolean reachable(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return !type.isSynthetic()
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && shown(type.getModifiers())
        && (outer == null || reachable(outer));
  }

  private static boolean shown(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String head(Class<?> type) {
    StringBuilder head = new StringBuilder();
    if (type.isSealed()) {
      head.append("sealed ");
    } else if (!type.isInterface() && !type.isEnum() && !type.isRecord()) {
      head.append(Modifier.isAbstract(type.getModifiers()) ? "abstract " : "");
      head.append(Modifier.isFinal(type.getModifiers()) ? "final " : "");
    }
    head.append(kind(type)).append(' ').append(type.getName()).append(parameters(type));
    if (type.isRecord()) {
      head.append(
          Arrays.stream(type.getRecordComponents())
              .map(ApiListing::component)
              .collect(Collectors.joining(", ", "(", ")")));
    }
    Type parent = type.getGenericSuperclass();
    if (parent != null && !type.isRecord() && !type.isEnum() && parent != Object.class) {
      head.append(" extends ").append(name(parent));
    }
    if (type.getInterfaces().length > 0 && !type.isAnnotation()) {
      head.append(type.isInterface() ? " extends " : " implements ")
          .append(names(type.getGenericInterfaces()));
    }
    if (type.isSealed()) {
      head.append(" permits ")
          .append(
              Arrays.stream(type.getPermittedSubclasses())
                  .map(Class::getName)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
    return head.toString();
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface";
    }
    if (type.isInterface()) {
      return "interface";
    }
    if (type.isEnum()) {
      return "enum";
    }
    return type.isRecord() ? "record" : "class";
  }

  private static String component(RecordComponent component) {
    return nullable(component.getAnnotatedType())
        + name(component.getGenericType())
        + " "
        + component.getName();
  }

  private static List<String> members(Class<?> type) {
    List<String> lines = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (shown(field.getModifiers()) && !field.isSynthetic()) {
        lines.add(
            field.isEnumConstant()
                ? "constant " + field.getName()
                : "field "
                    + flags(field.getModifiers())
                    + nullable(field.getAnnotatedType())
                    + name(field.getGenericType())
                    + " "
                    + field.getName());
      }
    }
    for (Constructor<?> made : type.getDeclaredConstructors()) {
      if (shown(made.getModifiers()) && !made.isSynthetic() && !type.isEnum()) {
        lines.add("new " + typeParameters(made) + arguments(made));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (shown(method.getModifiers()) && !method.isSynthetic() && !implied(type, method)) {
        lines.add(
            "method "
                + (method.isDefault() ? "default " : flags(method.getModifiers()))
                + typeParameters(method)
                + nullable(method.getAnnotatedReturnType())
                + name(method.getGenericReturnType())
                + " "
                + method.getName()
                + arguments(method));
      }
    }
    Collections.sort(lines);
    return lines;
  }

  /** What every object, record or enum has, so that it tells a reader nothing. */
  private static boolean implied(Class<?> type, Method method) {
    return switch (method.getName()) {
      case "toString", "hashCode" -> method.getParameterCount() == 0;
      case "equals" -> method.getParameterCount() == 1;
      case "values" -> type.isEnum() && method.getParameterCount() == 0;
      case "valueOf" -> type.isEnum();
      default ->
          type.isRecord()
              && method.getParameterCount() == 0
              && Arrays.stream(type.getRecordComponents())
                  .anyMatch(c -> c.getName().equals(method.getName()));
    };
  }

  private static String flags(int modifiers) {
    return (Modifier.isProtected(modifiers) ? "protected " : "")
        + (Modifier.isStatic(modifiers) ? "static " : "")
        + (Modifier.isAbstract(modifiers) ? "abstract " : "");
  }

  private static String arguments(Executable member) {
    StringBuilder text = new StringBuilder("(");
    Type[] types = member.getGenericParameterTypes();
    AnnotatedType[] annotated = member.getAnnotatedParameterTypes();
    for (int i = 0; i < types.length; i++) {
      text.append(i == 0 ? "" : ", ");
      text.append(annotated.length == types.length ? nullable(annotated[i]) : "");
      text.append(name(types[i]));
    }
    text.append(')');
    if (member.getExceptionTypes().length > 0) {
      text.append(" throws ").append(names(member.getGenericExceptionTypes()));
    }
    return text.toString();
  }

  private static String parameters(Class<?> type) {
    return angle(type.getTypeParameters());
  }

  private static String typeParameters(Executable member) {
    String text = angle(member.getTypeParameters());
    return text.isEmpty() ? "" : text + " ";
  }

  private static String angle(TypeVariable<?>[] variables) {
    if (variables.length == 0) {
      return "";
    }
    return Arrays.stream(variables)
        .map(v -> v.getName() + bounds(v))
        .collect(Collectors.joining(", ", "<", ">"));
  }

  private static String bounds(TypeVariable<?> variable) {
    String all =
        Arrays.stream(variable.getBounds())
            .filter(b -> b != Object.class)
            .map(ApiListing::name)
            .collect(Collectors.joining(" & "));
    return all.isEmpty() ? "" : " extends " + all;
  }

  private static String names(Type[] types) {
    return Arrays.stream(types).map(ApiListing::name).collect(Collectors.joining(", "));
  }

  private static String name(Type type) {
    return type.getTypeName().replaceAll("java\\.lang\\.(?=[A-Z])", "");
  }

  private static String nullable(AnnotatedElement type) {
    return type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
  }
}
