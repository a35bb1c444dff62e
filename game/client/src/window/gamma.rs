//! Colours the way egui means them: mixed as they are written (`#F7F1E5`), not as light adds up. It is what egui's own
//! painters do, so that text has the weight that it was given; and where the processor has to draw, it takes half the
//! time, because no dot of any layer is turned from one to the other and back.
//!
//! bevy_egui does it the other way. So its shader is another here, its textures are read as they are, and its
//! pipelines write into a texture that holds colours as they are.

use bevy::asset::{Assets, Handle, uuid_handle};
use bevy::camera::CompositingSpace;
use bevy::core_pipeline::blit::{BlitPipeline, init_blit_pipeline};
use bevy::image::Image;
use bevy::platform::collections::HashMap;
use bevy::prelude::{
    App, Commands, Entity, IntoScheduleConfigs, PostUpdate, PreUpdate, Query, Res, ResMut, Resource, Startup, With,
    Without,
};
use bevy::render::camera::ExtractedCamera;
use bevy::render::render_resource::{PipelineCache, SpecializedRenderPipelines, TextureFormat, TextureViewDescriptor};
use bevy::render::renderer::RenderAdapterInfo;
use bevy::render::sync_world::MainEntity;
use bevy::render::{Render, RenderApp, RenderStartup, RenderSystems};
use bevy::shader::Shader;
use bevy_egui::render::systems::{EguiPipelines, queue_pipelines_system};
use bevy_egui::render::{EGUI_SHADER_HANDLE, EguiPipeline, EguiPipelineKey, EguiViewTarget};
use bevy_egui::{EguiManagedTextures, EguiPreUpdateSet, update_egui_textures_system};

use super::draw::Looks;

/// Whether these graphics can read a texture in another way than it was made for.
#[derive(Resource)]
struct AsWritten(bool);

/// What takes the picture to the screen.
const BLIT: Handle<Shader> = uuid_handle!("5b0e9c1c-7a0f-4f7e-9d6e-2f2c6f6b7a11");

/// Adds it to the app.
pub(super) fn add(app: &mut App) {
    if let Some(mut shaders) = app.world_mut().get_resource_mut::<Assets<Shader>>() {
        // It fails for handles that are counted; these are constants.
        let _ = shaders.insert(BLIT.id(), Shader::from_wgsl(include_str!("blit.wgsl"), "instep/blit.wgsl"));
    }
    app.insert_resource(AsWritten(false))
        .add_systems(Startup, begin)
        .add_systems(PreUpdate, mix.before(EguiPreUpdateSet::InitContexts))
        .add_systems(PostUpdate, read.after(update_egui_textures_system));
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        let blit = |mut blit: ResMut<'_, BlitPipeline>| blit.fragment_shader = BLIT;
        render.add_systems(RenderStartup, blit.after(init_blit_pipeline));
        render.add_systems(Render, write.after(queue_pipelines_system).in_set(RenderSystems::Queue));
    }
}

fn begin(
    adapter: Option<Res<'_, RenderAdapterInfo>>,
    mut as_written: ResMut<'_, AsWritten>,
    mut shaders: ResMut<'_, Assets<Shader>>,
) {
    // OpenGL can't. There everything stays as bevy_egui has it.
    as_written.0 = adapter.is_some_and(|info| info.backend.to_str() != "gl");
    if as_written.0 {
        let shader = Shader::from_wgsl(include_str!("egui.wgsl"), "instep/egui.wgsl");
        let _ = shaders.insert(EGUI_SHADER_HANDLE.id(), shader);
    }
}

type New<'w, 's> = Query<'w, 's, Entity, (With<Looks>, Without<CompositingSpace>)>;

fn mix(as_written: Res<'_, AsWritten>, cameras: New<'_, '_>, mut commands: Commands<'_, '_>) {
    for camera in cameras.iter().filter(|_| as_written.0) {
        commands.entity(camera).insert(CompositingSpace::Srgb);
    }
}

fn read(as_written: Res<'_, AsWritten>, textures: Res<'_, EguiManagedTextures>, mut images: ResMut<'_, Assets<Image>>) {
    if !as_written.0 {
        return;
    }
    for texture in textures.values() {
        let id = texture.handle.id();
        if images.get(id).is_none_or(|image| image.texture_view_descriptor.is_some()) {
            continue;
        }
        if let Some(mut image) = images.get_mut(id) {
            let format = TextureFormat::Rgba8Unorm;
            image.texture_descriptor.view_formats = &[TextureFormat::Rgba8Unorm];
            image.texture_view_descriptor =
                Some(TextureViewDescriptor { format: Some(format), ..TextureViewDescriptor::default() });
        }
    }
}

/// In place of bevy_egui's own pipelines, which always write what the screen's curve is then laid over.
fn write(
    mut commands: Commands<'_, '_>,
    cache: Res<'_, PipelineCache>,
    mut pipelines: ResMut<'_, SpecializedRenderPipelines<EguiPipeline>>,
    pipeline: Res<'_, EguiPipeline>,
    views: Query<'_, '_, &EguiViewTarget>,
    cameras: Query<'_, '_, (&MainEntity, &ExtractedCamera)>,
) {
    let mut own = HashMap::default();
    for (entity, camera) in views.iter().filter_map(|view| cameras.get(view.0).ok()) {
        let target_format = match camera.compositing_space {
            Some(CompositingSpace::Srgb) => TextureFormat::Rgba8Unorm,
            _ => TextureFormat::Rgba8UnormSrgb,
        };
        let id = pipelines.specialize(&cache, &pipeline, EguiPipelineKey { target_format });
        own.insert(*entity, id);
    }
    commands.insert_resource(EguiPipelines(own));
}

#[cfg(test)]
mod tests {
    /// As `blit.wgsl` has it.
    fn curve(c: f32) -> f32 {
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((0.324_281_84 * c + 0.662_829_2) * c + 0.012_554_418) * c + 0.001_639_685_2
        }
    }

    /// What the screen's texture does with it.
    fn back(light: f32) -> f32 {
        if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
    }

    #[test]
    fn every_colour_comes_out_as_it_went_in() {
        for value in 0..=255_u8 {
            let out = back(curve(f32::from(value) / 255.0)) * 255.0;
            assert_eq!(out.round(), f32::from(value));
        }
        let shader = include_str!("blit.wgsl");
        for number in ["0.32428184", "0.662829174", "0.0125544176", "0.0016396852", "12.92", "0.04045"] {
            assert!(shader.contains(number), "{number}");
        }
    }
}
