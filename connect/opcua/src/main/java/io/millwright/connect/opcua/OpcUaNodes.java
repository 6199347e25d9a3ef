package io.millwright.connect.opcua;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.subscriptions.MonitoredItemServiceOperationResult;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/** Nodes by the text that names them, and what is said when a server does not give or take them. */
final class OpcUaNodes {

  private OpcUaNodes() {}

  /** The node that a text names on a server. */
  static NodeId named(String id, OpcUaClient client) {
    try {
      return ExpandedNodeId.parse(id)
          .toNodeId(client.getNamespaceTable())
          .orElseThrow(() -> unknown(id, "the server has no such namespace"));
    } catch (UaRuntimeException e) {
      throw unknown(id, "it is not written as one");
    }
  }

  private static MillwrightException unknown(String id, String why) {
    return new MillwrightException(
        ErrorCode.BAD_OPTION,
        "the node \"" + id + "\" is not known: " + why + "\nMaybe write it as ns=2;s=Name");
  }

  /** Refuses nodes that the server does not give. */
  static void check(List<MonitoredItemServiceOperationResult> made) {
    for (MonitoredItemServiceOperationResult one : made) {
      StatusCode result = one.operationResult().orElse(one.serviceResult());
      if (!result.isGood()) {
        throw new MillwrightException(
            ErrorCode.IO_FAILED,
            "the server does not give "
                + one.monitoredItem().getReadValueId().getNodeId().toParseableString()
                + ": "
                + StatusCodes.lookup(result.value()).map(n -> n[0]).orElse(result.toString())
                + "\nMaybe look the node up in a browser of OPC UA");
      }
    }
  }

  /** Writes a value to a node. */
  static void write(String node, Object value, OpcUaClient client, Duration patience) {
    NodeId id = named(node, client);
    try {
      StatusCode result =
          client
              .writeValuesAsync(List.of(id), List.of(DataValue.valueOnly(Variant.of(value))))
              .get(patience.toMillis(), TimeUnit.MILLISECONDS)
              .get(0);
      if (!result.isGood()) {
        throw failed("the server does not take a value for " + node, new UaException(result), null);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw failed("cannot write to " + node, e, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted while writing to " + node, e, null);
    }
  }

  /** The failure of a request, with the way out of what is most often wrong. */
  static MillwrightException failed(String what, Exception e, @Nullable OpcUaKeys keys) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        what
            + ": "
            + cause
            + "\nMaybe check address, user and the type of the value"
            + (keys == null
                ? ""
                : ", move the server's certificate from "
                    + keys.folder().resolve("rejected")
                    + " to "
                    + keys.folder().resolve("trusted").resolve("certs")
                    + ", and let the server trust "
                    + keys.folder().resolve("own.der")),
        e);
  }
}
