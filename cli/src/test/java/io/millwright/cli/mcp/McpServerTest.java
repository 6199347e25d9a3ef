package io.millwright.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.assist.Tool;
import io.millwright.api.assist.ToolSpec;
import io.millwright.api.assist.Toolbox;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The protocol, with messages of all kinds. */
class McpServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<MillwrightEvent> events = new ArrayList<>();
  private int done;

  private Tool tool(String name, ToolSpec.Role role) {
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return new ToolSpec(
            name,
            "Does " + name,
            role,
            List.of(
                new ToolSpec.Parameter("force", ToolSpec.Kind.NUMBER, true, "in kN"),
                new ToolSpec.Parameter("die", ToolSpec.Kind.TEXT, false, "which die")));
      }

      @Override
      public Map<String, @Nullable Object> call(
          Map<String, @Nullable Object> arguments, boolean dryRun) {
        done += dryRun ? 0 : 1;
        return new LinkedHashMap<>(arguments);
      }
    };
  }

  private List<JsonNode> serve(String... messages) throws Exception {
    Toolbox box =
        Toolbox.of(
                List.of(tool("measure", ToolSpec.Role.READ), tool("erase", ToolSpec.Role.CHANGE)))
            .allowing(c -> !"secret".equals(c.arguments().get("die")))
            .listener(events::add);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] in = (String.join("\n", messages) + "\n").getBytes(StandardCharsets.UTF_8);
    new McpServer(box, "test").serve(new ByteArrayInputStream(in), out);
    List<JsonNode> answers = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        answers.add(JSON.readTree(line));
      }
    }
    return answers;
  }

  private static String call(String tool, String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\",\"arguments\":"
        + arguments
        + "}}";
  }

  @Test
  void aClientIsGreetedAndSeesTools() throws Exception {
    List<JsonNode> answers =
        serve(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{},\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"two\",\"method\":\"tools/list\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}");
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).at("/result/protocolVersion").asText()).isEqualTo("2025-03-26");
    assertThat(answers.get(0).at("/result/serverInfo/name").asText()).isEqualTo("millwright");
    JsonNode tools = answers.get(1).at("/result/tools");
    assertThat(answers.get(1).path("id").asText()).isEqualTo("two");
    assertThat(tools).hasSize(2);
    assertThat(tools.get(0).at("/inputSchema/properties/force/type").asText()).isEqualTo("number");
    assertThat(tools.get(0).at("/inputSchema/required/0").asText()).isEqualTo("force");
    assertThat(tools.get(0).at("/annotations/readOnlyHint").asBoolean()).isTrue();
    assertThat(tools.get(1).at("/annotations/readOnlyHint").asBoolean()).isFalse();
  }

  @Test
  void callsAnswerChangesAreTriedAndForbiddenOnesRefused() throws Exception {
    List<JsonNode> answers =
        serve(
            call("measure", "{\"force\":12.5}"),
            call("erase", "{\"force\":1}"),
            call("measure", "{\"force\":1,\"die\":\"secret\"}"),
            call("measure", "{\"force\":\"much\"}"),
            call("format_disk", "{}"));
    assertThat(answers.get(0).at("/result/structuredContent/force").asDouble()).isEqualTo(12.5);
    assertThat(answers.get(1).at("/result/structuredContent/dryRun").asBoolean()).isTrue();
    assertThat(answers.get(2).at("/result/isError").asBoolean()).isTrue();
    assertThat(answers.get(2).at("/result/content/0/text").asText()).contains("REFUSED");
    assertThat(answers.get(3).at("/result/content/0/text").asText()).contains("Maybe");
    assertThat(answers.get(4).at("/error/code").asInt()).isEqualTo(-32602);
    assertThat(done).isEqualTo(1);
    assertThat(events).filteredOn(e -> e instanceof MillwrightEvent.ToolRefused).hasSize(2);
  }

  @Test
  void brokenMessagesGetErrorsAndTheServerGoesOn() throws Exception {
    String deep = "[".repeat(100_000);
    List<JsonNode> answers =
        serve(
            "{not json",
            "[]",
            "17",
            deep,
            "{\"id\":1,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"no/such\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":[1]}",
            "",
            "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{}}",
            "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}");
    assertThat(answers)
        .extracting(a -> a.at("/error/code").asInt())
        .containsExactly(-32700, -32600, -32600, -32700, -32600, -32600, -32601, -32602, 0);
    assertThat(answers.get(8).path("id").asInt()).isEqualTo(5);
  }

  @Test
  void hugeMessagesAreNotKept() throws Exception {
    String huge =
        call("measure", "{\"force\":1,\"die\":\"" + "x".repeat(McpServer.LONGEST) + "\"}");
    List<JsonNode> answers =
        serve(
            huge,
            call("measure", "{\"force\":1,\"die\":\"" + "x".repeat(100_000) + "\"}"),
            "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"ping\"}");
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).at("/error/code").asInt()).isEqualTo(-32600);
    assertThat(answers.get(1).at("/result/isError").asBoolean()).isTrue();
    assertThat(answers.get(2).path("id").asInt()).isEqualTo(9);
  }

  @Test
  void mutatedMessagesNeverEndTheServer() throws Exception {
    Random random = new Random(11);
    String sound = call("measure", "{\"force\":1}");
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      StringBuilder message = new StringBuilder(sound);
      for (int k = random.nextInt(4); k >= 0; k--) {
        message.setCharAt(random.nextInt(message.length()), (char) (32 + random.nextInt(95)));
      }
      messages.add(message.toString());
    }
    messages.add("{\"jsonrpc\":\"2.0\",\"id\":\"last\",\"method\":\"ping\"}");
    List<JsonNode> answers = serve(messages.toArray(String[]::new));
    assertThat(answers.get(answers.size() - 1).path("id").asText()).isEqualTo("last");
    assertThat(answers).allMatch(a -> a.has("result") || a.has("error"));
  }
}
