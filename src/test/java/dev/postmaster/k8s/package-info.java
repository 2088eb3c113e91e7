/**
 * The manifests in {@code k8s}, as Kubernetes would read them: {@link dev.postmaster.k8s.Overlay} is one overlay, rendered by
 * {@code kubectl kustomize}.
 */
@NullMarked
package dev.postmaster.k8s;

import org.jspecify.annotations.NullMarked;
