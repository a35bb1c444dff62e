//! The packs are embedded; a changed card must rebuild what embeds it, which `include_dir!` cannot ask for.

fn main() {
    println!("cargo::rerun-if-changed=packs");
    println!("cargo::rerun-if-changed=template");
}
