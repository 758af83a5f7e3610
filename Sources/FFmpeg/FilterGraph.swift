internal import CFFmpeg
internal import Frames

/// One of FFmpeg's filter chains, from one video input to one output, for pictures of one size and format.
final class FilterGraph {
    /// What the graph was built for; another picture needs another graph.
    struct Shape: Hashable {
        let width: Int32
        let height: Int32
        let format: Int32

        init(_ picture: UnsafePointer<AVFrame>) {
            width = picture.pointee.width
            height = picture.pointee.height
            format = picture.pointee.format
        }
    }

    let shape: Shape
    let chain: String
    private let graph: UnsafeMutablePointer<AVFilterGraph>
    private let source: UnsafeMutablePointer<AVFilterContext>
    private let sink: UnsafeMutablePointer<AVFilterContext>

    /// - Parameter chain: filters separated by commas.
    init(for picture: UnsafePointer<AVFrame>, chain: String) throws(FFmpegError) {
        FFmpegLog.capture()
        shape = Shape(picture)
        self.chain = chain
        guard let graph = avfilter_graph_alloc() else {
            throw FFmpegError(code: matte_error_no_memory, operation: "build a filter")
        }
        self.graph = graph
        // One thread: these filters are cheap, and the cores belong to the network.
        graph.pointee.nb_threads = 1
        var (source, sink): (UnsafeMutablePointer<AVFilterContext>?, UnsafeMutablePointer<AVFilterContext>?)
        let arguments = "width=\(shape.width):height=\(shape.height):pix_fmt=\(shape.format):time_base=1/1"
        var inputs = avfilter_inout_alloc()
        var outputs = avfilter_inout_alloc()
        defer {
            avfilter_inout_free(&inputs)
            avfilter_inout_free(&outputs)
        }
        do throws(FFmpegError) {
            let buffer = avfilter_get_by_name("buffer")
            try check(avfilter_graph_create_filter(&source, buffer, "in", arguments, nil, graph), "build a filter")
            let bufferSink = avfilter_get_by_name("buffersink")
            try check(avfilter_graph_create_filter(&sink, bufferSink, "out", nil, nil, graph), "build a filter")
            // "outputs" are the open ends before the chain, "inputs" those after it: FFmpeg's point of view.
            outputs?.pointee.name = av_strdup("in")
            outputs?.pointee.filter_ctx = source
            inputs?.pointee.name = av_strdup("out")
            inputs?.pointee.filter_ctx = sink
            try check(avfilter_graph_parse_ptr(graph, chain, &inputs, &outputs, nil), "build the filter '\(chain)'")
            try check(avfilter_graph_config(graph, nil), "build the filter '\(chain)'")
            guard let source, let sink else {
                throw FFmpegError(code: matte_error_no_memory, operation: "build a filter")
            }
            (self.source, self.sink) = (source, sink)
        } catch {
            var owned: UnsafeMutablePointer<AVFilterGraph>? = graph
            avfilter_graph_free(&owned)
            throw error
        }
    }

    deinit {
        var owned: UnsafeMutablePointer<AVFilterGraph>? = graph
        avfilter_graph_free(&owned)
    }

    /// Replaces `picture`'s contents by the filtered ones. Its times and colours stay.
    func apply(to picture: UnsafeMutablePointer<AVFrame>) throws(FFmpegError) {
        let before = picture.pointee
        try check(av_buffersrc_add_frame_flags(source, picture, Int32(AV_BUFFERSRC_FLAG_PUSH)), "filter a picture")
        try check(av_buffersink_get_frame(sink, picture), "filter a picture")
        // Filters write down what they assumed where nothing was said.
        picture.pointee.color_range = before.color_range
        picture.pointee.colorspace = before.colorspace
        picture.pointee.color_primaries = before.color_primaries
        picture.pointee.color_trc = before.color_trc
        picture.pointee.chroma_location = before.chroma_location
        picture.pointee.pkt_duration = before.pkt_duration
    }
}
