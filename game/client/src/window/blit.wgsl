// Bevy's last step, from the picture to the screen, with the curve of sRGB as a polynomial in place of a power. Each of
// the 256 values that a colour can have comes out as it went in (gamma.rs has a test); it takes a fraction of the time.

#import bevy_core_pipeline::fullscreen_vertex_shader::FullscreenVertexOutput

@group(0) @binding(0) var in_texture: texture_2d<f32>;
@group(0) @binding(1) var in_sampler: sampler;

@fragment
fn fs_main(in: FullscreenVertexOutput) -> @location(0) vec4<f32> {
    let color = textureSample(in_texture, in_sampler, in.uv);
#ifdef SRGB_TO_LINEAR
    let c = color.rgb;
    let curve = ((0.32428184 * c + 0.662829174) * c + 0.0125544176) * c + 0.0016396852;
    return vec4(select(curve, c / 12.92, c <= vec3(0.04045)), color.a);
#else
    return color;
#endif
}
