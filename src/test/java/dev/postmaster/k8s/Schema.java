package dev.postmaster.k8s;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Kubernetes' schemas, as its Java client has them: fields it does not know, and fields that are missing, are refused. */
final class Schema {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";
    private static final String OF_OTHERS = "monitoring.coreos.com/";

    private Schema() {}

    /** The type of an object; empty if it is not Kubernetes' own but a custom resource that we use. */
    static Optional<Class<?>> typeOf(Map<String, Object> object) {
        String apiVersion = String.valueOf(object.get("apiVersion"));
        if (apiVersion.startsWith(OF_OTHERS)) {
            return Optional.empty();
        }
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        try {
            return Optional.of(Class.forName(MODELS + version.toUpperCase(Locale.ROOT) + object.get("kind")));
        } catch (ClassNotFoundException e) {
            throw new AssertionError("Kubernetes has no " + apiVersion + " " + object.get("kind"), e);
        }
    }

    /** The object as its type, after a check that fails with what is wrong. */
    static <T> T read(Map<String, Object> object, Class<T> type) {
        JsonElement json = new Gson().toJsonTree(object);
        try {
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
        } catch (InvocationTargetException e) {
            throw new AssertionError(String.valueOf(e.getCause()), e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.getName(), e);
        }
        return JSON.getGson().fromJson(json, type);
    }
}
