"""Large files that a browser sends in pieces, and goes on with after a cut or a reload; kept in `VAR_DIR/uploads` until then."""
