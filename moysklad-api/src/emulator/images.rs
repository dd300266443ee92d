//! Images (изображения) of products and bundles.

use serde_json::{Value, json};
use uuid::Uuid;

use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::files::StoredFile;
use super::href::{Links, Target};
use super::moment::Moment;
use super::world::World;

/// The most images of one object.
const MOST: usize = 10;

/// How the files of images begin, and their media types.
const BEGINNINGS: [(&[u8], &str); 4] = [
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
];

/// The media type of an image, if the content is one.
fn media_type(file: &StoredFile) -> Option<&'static str> {
    let known = |(beginning, _): &&(&[u8], &str)| file.content.starts_with(beginning);
    BEGINNINGS.iter().find(known).map(|(_, media)| *media)
}

impl World {
    /// Adds images to an object.
    pub(crate) fn add_images(
        &mut self,
        kind: &EntityType,
        owner: Uuid,
        bodies: &[Value],
        at: Moment,
    ) -> Result<(), ServiceErrors> {
        self.row(kind, owner)?;
        if self.files.images_of(owner).len() + bodies.len() > MOST {
            let text = "Не более 10 изображений у объекта";
            return Err(ServiceErrors::files(51006, text));
        }
        let images = bodies.iter().map(|body| {
            let file = self.file(body, at)?;
            if media_type(&file).is_none() {
                let text = "Содержимое не является изображением";
                return Err(ServiceErrors::files(1078, text));
            }
            Ok(file)
        });
        for image in images.collect::<Result<Vec<_>, _>>()? {
            self.files.keep(&image);
            self.files.images_mut(owner).push(image);
        }
        Ok(())
    }

    /// Removes images from an object; all of them must be there.
    pub(crate) fn remove_images(
        &mut self,
        kind: &EntityType,
        owner: Uuid,
        ids: &[Uuid],
    ) -> Result<(), ServiceErrors> {
        self.row(kind, owner)?;
        let images = self.files.images_of(owner);
        let gone = |id: &&Uuid| !images.iter().any(|image| image.id == **id);
        if let Some(id) = ids.iter().find(gone) {
            return Err(ServiceErrors::not_found("image", id));
        }
        let images = self.files.images_mut(owner);
        images.retain(|image| !ids.contains(&image.id));
        Ok(())
    }

    /// The images that elements of a bulk deletion name.
    pub(crate) fn image_ids(items: &[Value]) -> Result<Vec<Uuid>, ServiceErrors> {
        let read = |item: &Value| {
            let href = item.pointer("/meta/href").and_then(Value::as_str);
            let href = href.ok_or_else(|| ServiceErrors::meta_without_href("meta"))?;
            let id = Target::parse(href).and_then(Target::id);
            id.ok_or_else(|| ServiceErrors::wrong_type("meta", "Meta"))
        };
        items.iter().map(read).collect()
    }

    /// The images of an object as the service shows them.
    pub(crate) fn shown_images(
        &self,
        kind: &EntityType,
        owner: Uuid,
        links: Links<'_>,
    ) -> Vec<Value> {
        let base = links.base;
        let images = self.files.images_of(owner).iter().map(|image| {
            let href = format!("{base}/entity/{}/{owner}/images/{}", kind.keyword, image.id);
            let title = image.filename.rsplit_once('.');
            let small = json!({
                "href": links.download(image.id),
                "type": "image",
                "mediaType": "image/png",
                "downloadHref": links.download(image.id),
            });
            json!({
                "meta": {
                    "href": href,
                    "type": "image",
                    "mediaType": media_type(image),
                    "downloadHref": links.download(image.id),
                },
                "title": title.map_or(image.filename.as_str(), |(title, _)| title),
                "filename": image.filename,
                "size": image.content.len(),
                "updated": image.created.text(),
                "miniature": small,
                "tiny": small,
            })
        });
        images.collect()
    }
}
