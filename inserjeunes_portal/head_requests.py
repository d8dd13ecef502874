"""HEAD asks for what GET would answer, without its body."""


def without_body(get_response):
    """Empty the answers to HEAD once their headers are known: streamed rows are never read, and no server warns of them."""

    def middleware(request):
        response = get_response(request)
        if request.method == "HEAD":
            if response.streaming:
                response.streaming_content = []
            else:
                response.content = b""
        return response

    return middleware
